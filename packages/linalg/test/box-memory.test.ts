import * as fc from 'fast-check';
import { copyBox, type BoxCopy } from '../src/box-copy.js';
import { boxMemory } from '../src/index.js';

test('a box goes where it should, and nothing else changes', () => {
  const numbers = Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0]);
  const strides = { fromChannel: 4, fromRow: 2, toChannel: 3, toRow: 1 };
  copyBox(numbers, { channels: 2, rows: 2, columns: 1, from: 1, to: 9, ...strides });
  expect([...numbers]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 0, 2, 4, 0, 6, 8]);
});

const small = (max: number, min = 0) => fc.integer({ min, max });

/** A box, gaps between its rows and channels, and where it is and goes. */
const copies = fc
  .record({
    channels: small(3),
    rows: small(4),
    columns: small(19),
    gaps: fc.tuple(small(3), small(5), small(3), small(5)),
    from: small(7),
  })
  .map(({ channels, rows, columns, gaps, from }): BoxCopy => {
    const [fromRow, toRow] = [columns + gaps[0], columns + gaps[2]];
    const [fromChannel, toChannel] = [rows * fromRow + gaps[1], rows * toRow + gaps[3]];
    const to = from + channels * fromChannel + 3;
    return { channels, rows, columns, from, fromRow, fromChannel, to, toRow, toChannel };
  });

test('WebAssembly copies as plain JavaScript does', () => {
  fc.assert(
    fc.property(copies, box => {
      const memory = boxMemory();
      const expected = Float32Array.from(
        { length: box.to + box.channels * box.toChannel + 8 },
        (_, i) => i,
      );
      memory.reserve(expected.length);
      memory.numbers.set(expected);
      copyBox(expected, box);
      memory.copy(box);
      expect(memory.numbers.subarray(0, expected.length)).toEqual(expected);
    }),
    { numRuns: 300, seed: 1 },
  );
});

test('what is reserved stays while the memory grows, and is reserved again once given back', () => {
  const memory = boxMemory();
  const first = memory.reserve(3);
  memory.numbers.set([1, 2, 3], first);
  const { used } = memory;
  const second = memory.reserve(1_000_000);
  expect([first, second, memory.used]).toEqual([0, 3, 1_000_003]);
  expect([...memory.numbers.subarray(0, 3)]).toEqual([1, 2, 3]);
  expect(memory.numbers.length).toBeGreaterThanOrEqual(1_000_003);
  const { numbers } = memory;
  memory.release(used);
  expect(memory.reserve(1_000_000)).toBe(second);
  expect(memory.numbers).toBe(numbers);
});
