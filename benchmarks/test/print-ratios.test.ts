import { printRatios } from '../compare/print-ratios.ts';
import type { Ratio } from '../compare/ratios.ts';

const slower: Ratio = { name: 'x', a: 1, b: 1.5, ratio: 1.5, spread: [1.4, 1.6], apart: true };
const same: Ratio = { name: 'y', a: 1, b: 0.99, ratio: 0.99, spread: [0.9, 1.1], apart: false };
const printed = (rounds: number, ratios: readonly Ratio[] = [slower, same]): string =>
  printRatios({ ratios, onlyA: [], onlyB: ['z'] }, rounds);

test('what is beyond noise, and how often chance would do it', () => {
  expect(printed(5)).toBe(`        A       B    B/A         spread
x  1.00 s  1.50 s  1.500  1.400 – 1.600  B is slower
y  1.00 s  990 ms  0.990  0.900 – 1.100  within noise

Faster or slower: all 5 times of one before all of the other, which chance alone does with probability 0.008 for each of 2 result(s).
only B has z
`);
});

test('three measurements of each, or one, do not tell a difference from noise', () => {
  expect(printed(3)).toMatch(/too few to tell a difference from noise; take --rounds 4 or more/);
  expect(printed(3)).not.toMatch(/slower/);
  expect(printed(1)).toMatch(/what is noise cannot be told/);
});

test('nothing in common is said', () => {
  expect(printed(5, [])).toMatch(/nothing was measured on both sides/);
});
