import * as fc from 'fast-check';
import { chart, type ChartOptions } from '../src/index.js';
import { checkSvg, count, numbers, texts } from './svg-marks.js';

function draw(options: ChartOptions): string {
  const svg = chart(options);
  checkSvg(svg);
  return svg;
}

/** Where the plot lies: left, top, width, height. */
const frameOf = (svg: string) =>
  ['x', 'y', 'width', 'height'].map(name => numbers(svg.slice(10), 'svg', name)[0]);

const unit = { domain: [0, 1] } as const;

test('points lie where the axes say', () => {
  const svg = draw({ series: [{ x: [0, 0.5, 1], y: [0, 1, 0.25] }], x: unit, y: unit });
  const [, , width, height] = frameOf(svg);
  expect(numbers(svg, 'circle', 'cx')).toEqual([0, width / 2, width]);
  expect(numbers(svg, 'circle', 'cy')).toEqual([height, 0, 0.75 * height]);
  expect(svg).toContain(`d="M0,${height}L${width / 2},0L${width},${0.75 * height}"`);
});

test('the plot fits into the picture with its labels', () => {
  const svg = draw({
    series: [],
    x: { title: 'x' },
    y: { title: 'y' },
    title: 'z',
    width: 500,
    height: 300,
  });
  const [left, top, width, height] = frameOf(svg);
  expect(svg).toMatch(
    /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="500" height="300" viewBox="0 0 500 300"/u,
  );
  expect(left).toBeGreaterThan(40);
  expect(top).toBeGreaterThan(30);
  expect(left + width).toBeLessThan(500);
  expect(top + height).toBeLessThan(270);
});

test('a point that is not a number leaves a gap', () => {
  const svg = draw({ series: [{ x: [0, 1, 2, 3, 4], y: [1, 2, NaN, 2, 1] }] });
  expect(count(svg, /<circle/gu)).toBe(4);
  expect(svg).toMatch(/d="M[\d.]+,[\d.]+L[\d.]+,[\d.]+M[\d.]+,[\d.]+L[\d.]+,[\d.]+" fill="none"/u);
  expect(texts(svg).join()).not.toContain('outside');
});

test('points without a place on a logarithmic axis are counted below', () => {
  const series = [{ x: [1, 2, 3], y: [0, 1, -1] }];
  const svg = draw({ series, y: { scale: 'log' } });
  expect(count(svg, /<circle/gu)).toBe(1);
  expect(texts(svg).at(-1)).toBe('2 points are outside the axes');
});

test('points beyond the axes asked for are counted too', () => {
  const series = [{ x: [1, 2, 3], y: [0.5, 1.5, 1] }];
  expect(texts(draw({ series, y: unit })).at(-1)).toBe('1 point is outside the axes');
});

test('error bars reach as far as the errors, and are absent where there is none', () => {
  const series = [{ x: [0, 0.5, 1], y: [0.5, 0.5, 0.5], errors: [0.25, NaN, 0.5] }];
  const svg = draw({ series, x: unit, y: unit });
  const [, , width, height] = frameOf(svg);
  expect(svg).toContain(
    `d="M0 ${height / 4}V${(3 * height) / 4}M-3 ${height / 4}h6M-3 ${(3 * height) / 4}h6` +
      `M${width} 0V${height}M${width - 3} 0h6M${width - 3} ${height}h6"`,
  );
});

test('error bars below a logarithmic axis end at its foot', () => {
  const series = [{ x: [1], y: [1], errors: [2] }];
  const svg = draw({ series, y: { scale: 'log', domain: [0.1, 10] } });
  const height = frameOf(svg)[3];
  expect(
    Number(/M[\d.]+ [\d.]+V([\d.]+)/u.exec(svg.slice(svg.indexOf('class="series"')))?.[1]),
  ).toBe(height);
});

const lowest = (options: ChartOptions) => Math.max(...numbers(draw(options), 'circle', 'cy'));

test('an axis has room for bars and bands, a logarithmic one does not stretch for their lower ends', () => {
  const series = [{ x: [1, 2], y: [1, 10] }];
  const errors = [{ ...series[0], errors: [0.999_999, 1] }];
  const band = [{ ...series[0], band: { low: [0.1, 1], high: [10, 100] } }];
  for (const scale of ['linear', 'log'] as const) {
    const without = lowest({ series, y: { scale } });
    expect(lowest({ series: band, y: { scale } })).toBeLessThan(without);
    expect(lowest({ series: errors, y: { scale } }) < without - 10).toBe(scale === 'linear');
  }
});

test('a band is filled from low to high', () => {
  const series = [{ x: [0, 1], y: [0.5, 0.5], band: { low: [0.25, 0], high: [0.75, 1] } }];
  const svg = draw({ series, x: unit, y: unit });
  const [, , width, height] = frameOf(svg);
  expect(svg).toContain(
    `d="M0,${(3 * height) / 4}L${width},${height}L${width},0L0,${height / 4}Z"`,
  );
});

test('labelled series are in the legend, in rows as wide as the plot', () => {
  const one = { x: [0, 1], y: [0, 1] };
  const labels = [
    'LeNet',
    'ResNet-18 with a long description',
    'DenseNet-121 with a long description',
  ];
  const plain = draw({ series: [one] });
  const svg = draw({
    series: [one, ...labels.map(label => ({ ...one, label, dashed: true }))],
    width: 480,
  });
  expect(texts(svg).slice(0, 3)).toEqual(labels);
  expect(frameOf(svg)[1] - frameOf(plain)[1]).toBe(2 * 20);
  expect(count(svg, /stroke-dasharray="6 4"/gu)).toBe(6);
});

test('series differ in colour, and keep the one they are given', () => {
  const one = { x: [0, 1], y: [0, 1], points: false };
  const svg = draw({ series: [one, { ...one, colour: 'green' }, one] });
  const colours = [...svg.matchAll(/stroke="([^"]+)" stroke-width="1.75"/gu)].map(
    match => match[1],
  );
  expect(colours).toEqual(['#0072b2', 'green', '#009e73']);
});

test('many points are a line without dots, unless dots are asked for', () => {
  const x = Array.from({ length: 101 }, (_, i) => i);
  expect(count(draw({ series: [{ x, y: x }] }), /<circle/gu)).toBe(0);
  expect(count(draw({ series: [{ x, y: x, points: true }] }), /<circle/gu)).toBe(101);
});

test('rules are dashed lines with a label; those outside the axes are left out', () => {
  const rules = [
    { axis: 'y', at: 0.5, to: 0.25, label: 'half' },
    { axis: 'x', at: 0.25, to: 0.5, label: 'quarter' },
    { axis: 'y', at: 2, label: 'outside' },
    { axis: 'x', at: NaN, label: 'nowhere' },
  ] as const;
  const svg = draw({ series: [], rules, x: unit, y: unit });
  const [, , width, height] = frameOf(svg);
  expect(svg).toContain(`d="M0 ${(height / 2).toFixed(1)}H${width}"`);
  expect(svg).toContain(`d="M${(width / 4).toFixed(1)} 0V${height}"`);
  expect(svg).toContain(`<rect x="0" y="${height / 2}" width="${width}" height="${height / 4}"`);
  expect(svg).toContain(`<rect x="${width / 4}" y="0" width="${width / 4}" height="${height}"`);
  expect(texts(svg).slice(-2)).toEqual(['half', 'quarter']);
});

test('shading down to what a logarithmic axis has no place for ends at its foot', () => {
  const y = { scale: 'log', domain: [0.01, 100] } as const;
  const svg = draw({ series: [], rules: [{ axis: 'y', at: 1, to: 0 }], y });
  const height = frameOf(svg)[3];
  expect(svg).toContain(`y="${height / 2}" width="${frameOf(svg)[2]}" height="${height / 2}"`);
});

test('an axis without a domain has room for the rules', () => {
  const svg = draw({ series: [{ x: [0], y: [0] }], rules: [{ axis: 'y', at: 9, label: 'nine' }] });
  expect(texts(svg).at(-1)).toBe('nine');
});

test('titles and labels may hold any characters', () => {
  const label = '<b> & "quotes" \u0000 \u{1f600}';
  const svg = draw({ series: [{ x: [0], y: [0], label }], title: label, x: { title: label } });
  expect(svg).toContain('&#60;b&#62; &#38; &#34;quotes&#34;  \u{1f600}');
});

test('arrays of different lengths are refused by the name of the series', () => {
  const series = [{ label: 'LeNet', x: [1, 2], y: [1, 2], errors: [1] }];
  expect(() => chart({ series })).toThrow(
    "chart: series 'LeNet' has 2 x, but y, errors, low, high of lengths 2, 1, 2, 2",
  );
});

test('whatever the values, the picture is sound and the same each time', () => {
  const value = fc.oneof(
    fc.double(),
    fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1e-300, 5e-324),
  );
  const scale = fc.constantFrom('linear' as const, 'log' as const);
  const point = fc.tuple(value, value, value, value);
  fc.assert(
    fc.property(fc.array(point), scale, scale, (points, xScale, yScale) => {
      const [x, y, errors, low] = [0, 1, 2, 3].map(i => points.map(values => values[i]));
      const series = [{ x, y, errors, band: { low, high: y } }];
      const options = { series, x: { scale: xScale }, y: { scale: yScale } };
      expect(draw(options)).toBe(chart(options));
    }),
    { numRuns: 300 },
  );
});

test('a series without a line is its dots', () => {
  const dots = { x: [0, 1, 2], y: [1, 3, 2], line: false, points: true };
  const svg = chart({ series: [dots] });
  expect(svg.match(/<circle/g)).toHaveLength(3);
  expect(svg).not.toContain('stroke-linejoin');
});
