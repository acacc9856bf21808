import { expectClose } from '@nads/testing';
import { axis } from '../src/axis.js';

const labels = (values: number[], options: Parameters<typeof axis>[1]) =>
  axis(values, options).ticks.flatMap(({ label }) => label ?? []);

test('a linear axis has a little room at both ends', () => {
  const { place } = axis([0, 100]);
  expect(place(0)).toBeCloseTo(4 / 108);
  expect(place(50)).toBeCloseTo(0.5);
  expect(place(100)).toBeCloseTo(104 / 108);
});

test('a logarithmic axis is even in powers', () => {
  const { place } = axis([], { scale: 'log', domain: [0.01, 100] });
  expectClose([0.01, 0.1, 1, 10, 100].map(place), [0, 0.25, 0.5, 0.75, 1]);
});

test('an axis logarithmic in 1 + value has room for index 0, and ticks from it', () => {
  const { place, ticks } = axis([0, 999], { scale: 'symlog' });
  expect(place(0)).toBeGreaterThan(0);
  expect(place(0)).toBeLessThan(0.03);
  const steps = [0, 9, 99, 999].map(place).map((at, i, all) => at - (all[i - 1] ?? 0));
  expectClose([steps[2], steps[3]], [steps[1], steps[1]]);
  expect(ticks.flatMap(({ label }) => label ?? [])).toEqual(['0', '1', '10', '100', '1000']);
});

test('what is not a number has no place, on a logarithmic axis neither has zero or less', () => {
  const [linear, log] = [axis([1, 2]), axis([1, 2], { scale: 'log' })];
  for (const value of [NaN, Infinity, -Infinity]) {
    expect(linear.place(value)).toBeNaN();
    expect(log.place(value)).toBeNaN();
  }
  for (const value of [0, -1]) {
    expect(linear.place(value)).toBeLessThan(0);
    expect(log.place(value)).toBeNaN();
  }
});

test('values without a place do not stretch the axis', () => {
  expect(axis([NaN, -5, 0, 1, 10, Infinity], { scale: 'log' }).place(1)).toBeCloseTo(0.04 / 1.08);
});

test('one value, or none, still gives an axis', () => {
  expect(axis([5]).place(5)).toBeCloseTo(0.5);
  expect(axis([0]).place(0)).toBeCloseTo(0.5);
  expect(axis([5], { scale: 'log' }).place(5)).toBeCloseTo(0.5);
  for (const scale of ['linear', 'log'] as const)
    expect(axis([], { scale }).ticks.length).toBeGreaterThan(2);
});

test.each<[string, number[], string[]]>([
  ['hundreds', [0, 1023], ['0', '200', '400', '600', '800', '1000']],
  ['fractions', [0, 1], ['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']],
  ['negative ones', [-1, 1], ['−1.0', '−0.5', '0.0', '0.5', '1.0']],
  ['tiny ones', [0, 3e-6], ['0', '5×10⁻⁷', '10⁻⁶', '1.5×10⁻⁶', '2×10⁻⁶', '2.5×10⁻⁶', '3×10⁻⁶']],
  ['large ones', [-3e5, 3e5], ['−3×10⁵', '−2×10⁵', '−10⁵', '0', '10⁵', '2×10⁵', '3×10⁵']],
])('linear labels of %s', (_, domain, expected) => {
  expect(labels(domain, { scale: 'linear', domain: [domain[0], domain[1]] })).toEqual(expected);
});

test.each<[string, number, number, string[]]>([
  ['many decades', 1e-6, 2, ['10⁻⁶', '10⁻⁵', '10⁻⁴', '10⁻³', '10⁻²', '10⁻¹', '10⁰']],
  ['three decades', 1, 1024, ['1', '10', '100', '1000']],
  ['one decade and a half', 1, 30, ['1', '2', '5', '10', '20']],
  ['less than a decade', 3, 7, ['3', '4', '5', '6', '7']],
  ['a few hundredths', 0.9, 0.92, ['0.9', '0.905', '0.91', '0.915', '0.92']],
])('logarithmic labels of %s', (_, low, high, expected) => {
  expect(labels([], { scale: 'log', domain: [low, high] })).toEqual(expected);
});

test('a logarithmic axis has unlabelled ticks between the powers', () => {
  const ticks = axis([], { scale: 'log', domain: [1, 1000] }).ticks;
  expect(ticks.filter(({ label }) => label === undefined).length).toBe(3 * 8);
});

test('an axis that runs from nowhere or to nowhere is refused', () => {
  expect(() => axis([], { scale: 'log', domain: [0, 1] })).toThrow(
    'chart: a log axis cannot run from 0 to 1',
  );
  expect(() => axis([], { domain: [2, 2] })).toThrow('a linear axis cannot run from 2 to 2');
  expect(() => axis([], { domain: [NaN, 2] })).toThrow('a linear axis cannot run from NaN to 2');
});
