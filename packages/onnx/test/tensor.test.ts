import { byteLength, isFloating } from '../src/data-type.js';
import { floats, integers, numbersOf, sizeOf, tensorOf } from '../src/tensor.js';

test('the size of a shape is the product of its dims, 1 of a scalar', () => {
  expect([sizeOf([]), sizeOf([2, 3, 4]), sizeOf([5, 0])]).toEqual([1, 24, 0]);
});

test('a tensor has as many elements as its dims say', () => {
  expect(() => floats([2, 3], [1, 2])).toThrow('a tensor of dims [2,3] has 6 elements, got 2');
  expect(() => integers([1, 2], [])).toThrow('has 1 elements, got 2');
});

test('integers are a vector unless dims say otherwise', () => {
  expect(integers([3, 4])).toEqual({ type: 'int64', dims: [2], data: BigInt64Array.of(3n, 4n) });
  expect(integers([3], []).dims).toEqual([]);
});

test.each([
  [0x3c00, 1],
  [0xc000, -2],
  [0x3555, 0.333251953125],
  [0x7bff, 65504],
  [0x0001, 2 ** -24],
  [0x8000, -0],
  [0x7c00, Infinity],
  [0xfc00, -Infinity],
  [0x7e00, NaN],
])('half precision %i is %d', (bits, value) => {
  const tensor = { type: 'float16' as const, dims: [1], data: Uint16Array.of(bits) };
  expect(numbersOf(tensor)).toEqual([value]);
});

test('bfloat16 is the upper half of a float32', () => {
  const data = Uint16Array.of(0x3f80, 0xc049, 0x7f80);
  expect(numbersOf({ type: 'bfloat16', dims: [3], data })).toEqual([1, -3.140625, Infinity]);
});

test('elements that are not plain numbers are refused', () => {
  const packed = { type: 'int4' as const, dims: [2], data: Uint8Array.of(0x21) };
  expect(() => numbersOf(packed)).toThrow('elements of type int4 are not numbers');
});

test('numbers are cut to the range of the type', () => {
  expect(tensorOf('uint8', [2], [257, 3]).data).toEqual(Uint8Array.of(1, 3));
  expect(tensorOf('int64', [2], [-1.5, 2 ** 40]).data).toEqual(BigInt64Array.of(-1n, 2n ** 40n));
});

test('packed types take less than a byte, complex ones two numbers', () => {
  expect([byteLength('int4', 3), byteLength('uint2', 5), byteLength('complex64', 2)]).toEqual([
    2, 2, 16,
  ]);
});

test('networks compute in floating-point types', () => {
  expect((['float32', 'float16', 'int8', 'complex64', undefined] as const).map(isFloating)).toEqual(
    [true, true, false, false, false],
  );
});
