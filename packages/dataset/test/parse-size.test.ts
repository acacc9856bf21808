import { longestSide, parseSize } from '../src/index.js';

test('a size is one side or two', () => {
  expect(parseSize('224')).toEqual([224, 224]);
  expect(parseSize('24x32')).toEqual([24, 32]);
  expect(parseSize(' 24 x 32 ')).toEqual([24, 32]);
});

test.each(['', '0', 'x', '8x', '8x8x8', '-8', '8.5', '1e3', '0x10', '8 8', 'eight'])(
  "'%s' is no size",
  text => {
    expect(() => parseSize(text)).toThrow('Expected a size, as in 224 or 224x320.');
  },
);

test('sides that no image has are refused', () => {
  expect(() => parseSize(`8x${longestSide + 1}`)).toThrow(`at most ${longestSide}`);
});
