import { duration } from '../src/terminal/progress.js';
import { shortNumber } from '@nads/study';

test.each([
  [0.84, '0.8 s'],
  [9.97, '10 s'],
  [42.4, '42 s'],
  [119.7, '2 min 0 s'],
  [200, '3 min 20 s'],
  [7500, '2 h 5 min'],
])('%p seconds are %p', (seconds, text) => expect(duration(seconds)).toBe(text));

test.each([
  [3, '3 '],
  [1234, '1.23 k'],
  [416_000, '416 k'],
  [1.62e11, '162 G'],
])('%p is %p in short', (x, text) => expect(shortNumber(x)).toBe(text));
