import { reused } from '../src/index.js';

test('memory is used again as long as it is large enough', () => {
  let made = 0;
  const numbers = reused(length => (made++, new Float32Array(length)));
  const first = numbers(4).fill(7);
  const second = numbers(3);
  expect(second).toHaveLength(3);
  expect(second.buffer).toBe(first.buffer);
  expect([...second]).toEqual([7, 7, 7]);
  expect(numbers(5)).toHaveLength(5);
  expect(made).toBe(3); // none, then 4, then 5 numbers
});
