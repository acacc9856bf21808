import { spectrum, type SpectrumOptions } from '../src/index.js';
import { checkSvg, count, numbers, texts } from './svg-marks.js';

function draw(options: SpectrumOptions): string {
  const svg = spectrum(options);
  checkSvg(svg);
  return svg;
}

const ten = Array.from({ length: 10 }, (_, i) => 2 ** -i);

test('eigenvalues fall evenly on a logarithmic axis, one dot and one bar each', () => {
  const svg = draw({ eigenvalues: ten, standardErrors: ten.map(v => v / 10) });
  const y = numbers(svg, 'circle', 'cy');
  const steps = y.slice(1).map((value, i) => value - y[i]);
  expect(y.length).toBe(10);
  expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(0.03);
  expect(count(svg, /V[\d.]+M[\d.]+ [\d.]+h6/gu)).toBe(10);
  expect(texts(svg)).toEqual(expect.arrayContaining(['index of the direction', 'eigenvalue']));
});

test('the axes are linear or logarithmic as asked', () => {
  const options = { eigenvalues: ten, standardErrors: ten };
  expect(texts(draw({ ...options, scale: 'linear' }))).toEqual(
    expect.arrayContaining(['0.0', '0.5']),
  );
  expect(texts(draw({ ...options, indexScale: 'symlog' }))).toEqual(
    expect.arrayContaining(['0', '1', '2', '5']),
  );
});

test('the first eigenvalue has index 0', () => {
  const svg = draw({ eigenvalues: [3, 2, 1], standardErrors: [NaN, NaN, NaN] });
  const marks = [...svg.matchAll(/<text x="([\d.]+)"[^>]*>0</gu)].map(([, x]) => Number(x));
  const [left] = numbers(svg, 'svg', 'x');
  expect(numbers(svg, 'circle', 'cx')[0]).toBeCloseTo(marks[0] - left, 0);
  expect(texts(svg)).not.toContain('0.5');
});

test('bars are explained, where there are any', () => {
  const legend = 'eigenvalue ± one standard error';
  const [known, unknown] = [ten.map(v => v / 10), ten.map(() => NaN)];
  expect(texts(draw({ eigenvalues: ten, standardErrors: known }))).toContain(legend);
  expect(texts(draw({ eigenvalues: ten, standardErrors: unknown }))).not.toContain(legend);
});

test('standard errors that are unknown draw no bars', () => {
  const svg = draw({ eigenvalues: ten, standardErrors: ten.map(() => NaN) });
  expect(count(svg, /<circle/gu)).toBe(10);
  expect(count(svg, /V[\d.]+M[\d.]+ [\d.]+h6/gu)).toBe(0);
});

test('the noise floor is a dashed line with a band below and a count of what is above', () => {
  const noiseFloor = { upper: 0.1, lower: 0.02, index: 4 };
  const svg = draw({ eigenvalues: ten, standardErrors: ten, noiseFloor });
  expect(texts(svg).slice(-2)).toEqual(['noise floor', '4 above the noise']);
  expect(count(svg, /stroke-dasharray/gu)).toBe(2);
  expect(count(svg, /<rect/gu)).toBe(2);
  const [fourth, fifth] = numbers(svg, 'circle', 'cx').slice(3);
  const at = Number(/d="M([\d.]+) 0V/u.exec(svg)?.[1]);
  expect(at).toBeCloseTo((fourth + fifth) / 2, 0);
});

test('eigenvalues that rounding made zero or negative are counted, not drawn', () => {
  const eigenvalues = [...ten, 1e-17, 0, -1e-17];
  const svg = draw({ eigenvalues, standardErrors: eigenvalues.map(() => 0) });
  const shown = numbers(svg, 'circle', 'cy');
  expect(texts(svg).at(-1)).toBe('3 points are outside the axes');
  expect(Math.max(...shown.slice(0, 10)) - Math.min(...shown)).toBeGreaterThan(250);
});

test('no eigenvalues, or none but zero, still make a picture', () => {
  draw({ eigenvalues: [], standardErrors: [] });
  draw({ eigenvalues: [0, 0], standardErrors: [NaN, NaN] });
});

test('the spectrum of a colour image stays under 300 kB', () => {
  const eigenvalues = Array.from(
    { length: 3072 },
    (_, i) => Math.exp(-i / 300) + Math.sin(i) ** 2 / 1e5,
  );
  const standardErrors = eigenvalues.map(v => v / 7);
  expect(draw({ eigenvalues, standardErrors }).length).toBeLessThan(300_000);
});

test('a title may hold any characters', () => {
  const svg = draw({ eigenvalues: ten, standardErrors: ten, title: 'LeNet <&> "friends"' });
  expect(texts(svg)[0]).toBe('LeNet &#60;&#38;&#62; &#34;friends&#34;');
});

test('another number of standard errors than of eigenvalues is refused', () => {
  expect(() => spectrum({ eigenvalues: ten, standardErrors: [] })).toThrow('of lengths 10, 0');
});
