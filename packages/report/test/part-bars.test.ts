import { partBars } from '../src/index.js';

const options = {
  names: ['left', 'removed'] as const,
  unit: 'channels',
  title: 'What was removed',
};

/** x and width of the rectangles of each bar. */
function barsOf(svg: string): (readonly [x: number, width: number])[][] {
  return svg
    .split('<g class="bar">')
    .slice(1)
    .map(bar =>
      [...bar.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)].map(
        ([, x, width]) => [Number(x), Number(width)] as const,
      ),
    );
}

test('a bar has a part and a rest that lengths are proportional to, beginning where the part ends', () => {
  const bars = [
    { label: 'conv1.weight', whole: 16, part: 4 },
    { label: 'conv2.weight', whole: 8, part: 8 },
    { label: 'conv3.weight', whole: 8, part: 0 },
  ];
  const svg = partBars({ bars, ...options });
  const [[part, rest], full, gone] = barsOf(svg);
  expect(rest[1] / part[1]).toBeCloseTo(3, 2);
  expect(rest[0]).toBeCloseTo(part[0] + part[1], 1);
  expect([full.length, gone.length]).toEqual([1, 1]);
  expect(full[0][1] / part[1]).toBeCloseTo(2, 2);
  expect(gone[0][0]).toBe(part[0]);
  for (const text of ['conv1.weight', 'conv1.weight: 4 of 16', 'left', 'removed', 'channels'])
    expect(svg).toContain(`>${text}<`);
});

test('long labels lose their beginning, and no bars at all are a picture, too', () => {
  const label = `${'very/'.repeat(40)}deep <weight>`;
  const svg = partBars({ bars: [{ label, whole: 2, part: 1 }], ...options, width: 400 });
  expect(svg).toMatch(/>…[a-z/]*\/deep &#60;weight&#62;</);
  expect(partBars({ bars: [], ...options })).toContain('</svg>');
});
