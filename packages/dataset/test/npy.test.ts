import * as fc from 'fast-check';
import { decodeNpy, encodeNpy, type NdArray } from '../src/index.js';
import { rawNpy } from './raw-npy.js';

const header = (descr: string, shape: string, fortran = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }`;

// np.save of np.array([[1, 2, 3], [-0.5, 0, 1e-3]], dtype='<f4'), numpy 2.4.6
const golden = Buffer.from(
  'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMp' +
    'LCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIA/' +
    'AAAAQAAAQEAAAAC/AAAAAG8Sgzo=',
  'base64',
);
const goldenArray: NdArray = {
  dtype: 'float32',
  shape: [2, 3],
  data: Float32Array.of(1, 2, 3, -0.5, 0, 1e-3),
};

test('writes the same bytes as numpy', () => {
  expect(Buffer.from(encodeNpy(goldenArray))).toEqual(golden);
});

test('reads what numpy wrote', () => {
  expect(decodeNpy(golden)).toEqual(goldenArray);
});

test('the values start at a multiple of 64 bytes, whatever the shape', () => {
  for (const axes of [0, 1, 2, 5, 20, 64]) {
    const shape = Array<number>(axes).fill(1);
    const bytes = encodeNpy({ dtype: 'uint8', shape, data: Uint8Array.of(7) });
    expect(bytes.length % 64).toBe(1);
    expect(decodeNpy(bytes).shape).toEqual(shape);
  }
});

test('every element type comes back as it went', () => {
  const arrays: NdArray[] = [
    { dtype: 'bool', shape: [2], data: Uint8Array.of(1, 0) },
    { dtype: 'int8', shape: [2], data: Int8Array.of(-128, 127) },
    { dtype: 'int16', shape: [2], data: Int16Array.of(-32768, 32767) },
    { dtype: 'int32', shape: [2], data: Int32Array.of(-(2 ** 31), 5) },
    { dtype: 'int64', shape: [2], data: BigInt64Array.of(-1n, 2n ** 62n) },
    { dtype: 'uint8', shape: [2], data: Uint8Array.of(255, 0) },
    { dtype: 'uint16', shape: [2], data: Uint16Array.of(65535, 1) },
    { dtype: 'uint32', shape: [2], data: Uint32Array.of(2 ** 32 - 1, 1) },
    { dtype: 'uint64', shape: [2], data: BigUint64Array.of(2n ** 64n - 1n, 1n) },
    { dtype: 'float32', shape: [2], data: Float32Array.of(NaN, -Infinity) },
    { dtype: 'float64', shape: [2], data: Float64Array.of(Math.PI, -0) },
  ];
  for (const array of arrays) expect(decodeNpy(encodeNpy(array))).toEqual(array);
});

test('doubles of any shape, also empty and scalar, come back bit for bit', () => {
  const shapes = fc.array(fc.nat(4), { maxLength: 4 });
  fc.assert(
    fc.property(shapes, fc.infiniteStream(fc.double()), (shape, values) => {
      const count = shape.reduce((a, b) => a * b, 1);
      const data = Float64Array.from(values.take(count));
      expect(decodeNpy(encodeNpy({ dtype: 'float64', shape, data }))).toEqual({
        dtype: 'float64',
        shape,
        data,
      });
    }),
  );
});

test('a view into a larger buffer is written as the view alone', () => {
  const data = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
  const array = decodeNpy(encodeNpy({ dtype: 'float32', shape: [2], data }));
  expect(array.data).toEqual(Float32Array.of(1, 2));
});

test('the values are a copy, even when the file does not start at a word boundary', () => {
  const shifted = new Uint8Array(golden.length + 1);
  shifted.set(golden, 1);
  const array = decodeNpy(shifted.subarray(1));
  shifted.fill(0);
  expect(array).toEqual(goldenArray);
});

test('big-endian values are turned round', () => {
  const array = decodeNpy(rawNpy(header('>i2', '(2, 2)'), '000100020003fffc'));
  expect(array).toEqual({ dtype: 'int16', shape: [2, 2], data: Int16Array.of(1, 2, 3, -4) });
});

test('Fortran order becomes C order', () => {
  // np.asfortranarray(np.arange(24, dtype='u1').reshape(2, 3, 4))
  const values = '000c04100814010d05110915020e06120a16030f07130b17';
  const { data } = decodeNpy(rawNpy(header('|u1', '(2, 3, 4)', 'True'), values));
  expect([...data]).toEqual(Array.from({ length: 24 }, (_, i) => i));
});

test('Fortran order and big endian together', () => {
  const { data } = decodeNpy(rawNpy(header('>u2', '(2, 2)', 'True'), '0001000300020004'));
  expect([...data]).toEqual([1, 2, 3, 4]);
});

test('float16 comes out as float32', () => {
  // 1, −2, the largest, the smallest subnormal, infinity, not a number, −0
  const array = decodeNpy(rawNpy(header('<f2', '(7,)'), '003c00c0ff7b0100007c007e0080'));
  expect(array.dtype).toBe('float32');
  expect([...array.data]).toEqual([1, -2, 65504, 2 ** -24, Infinity, NaN, -0]);
});

test('versions 2 and 3 have a longer length, and 3 is UTF-8', () => {
  for (const version of [2, 3])
    expect(decodeNpy(rawNpy(header('|u1', '(1,)'), '2a', version)).data).toEqual(Uint8Array.of(42));
  expect(() => decodeNpy(rawNpy(header('é', '(1,)'), '', 2))).toThrow('Ã©');
  expect(() => decodeNpy(rawNpy(header('é', '(1,)'), '', 3))).toThrow('é');
});

test.each([
  [`{"shape": (1,), "descr": "|u1", "fortran_order": False}`],
  [`{'shape':(1L,),'fortran_order':False,'descr':'u1'}`],
  [`  { 'descr' : '=u1' , 'fortran_order' : False , 'shape' : ( 1 , ) , }  `],
])('reads a header written as %s', text => {
  expect(decodeNpy(rawNpy(text, '2a'))).toEqual({
    dtype: 'uint8',
    shape: [1],
    data: Uint8Array.of(42),
  });
});

test.each([
  ['[1, 2]', /header is not a dictionary of 'descr', 'fortran_order' and 'shape': "\[1, 2\]"/],
  [`{'descr': '<f4', 'shape': (1,)}`, /not a dictionary/],
  [`{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'x': 1}`, /not a dictionary/],
  [`{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} + {}`, /not a dictionary/],
  [header('|O', '(1,)'), /objects \(descr '\|O'\) would need unpickling.*astype/],
  [header('<U5', '(1,)'), /element type "'<U5'" is not a plain/],
  [header('<c8', '(1,)'), /is not a plain integer, float or bool/],
  [header('<f16', '(1,)'), /is not a plain/],
  [
    `{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}`,
    /\('a', '<f4'\).*not a plain/,
  ],
  [header('<f4', '(1,)', 'None'), /fortran_order is neither True nor False: "None"/],
  [header('<f4', '(3)'), /shape is not a tuple of sizes: "\(3\)"/],
  [header('<f4', '(-1,)'), /not a tuple of sizes/],
  [header('<f4', '(2.5,)'), /not a tuple of sizes/],
  [header('<f4', '(4294967296, 4294967296)'), /shape \(4294967296, 4294967296\) is too large/],
  [header('<f4', '(0, 99999999999999999999)'), /too large/],
  [header('<f4', '(2,)'), /shape \(2\) of f4 takes 8 bytes, but 4 follow.*copy the file again/],
  [header('<f4', '()') + ' '.repeat(10_000), /header of 10\d+ bytes/],
])('refuses the header %s', (text, message) => {
  expect(() => decodeNpy(rawNpy(text, '00000000'))).toThrow(message);
});

test('bytes after the array are refused, with advice', () => {
  expect(() => decodeNpy(rawNpy(header('|u1', '(1,)'), '0102'), 'two.npy')).toThrow(
    'two.npy: shape (1) of u1 takes 1 bytes, but 2 follow the header; save one array per file',
  );
});

test('says which file is not a .npy file, and how it starts', () => {
  expect(() => decodeNpy(Buffer.from('PK\x03\x04abc'), 'nads.npy')).toThrow(
    'nads.npy: not a .npy file: expected it to start with \\x93NUMPY, got 50 4b 03 04 61 62',
  );
  expect(() => decodeNpy(new Uint8Array(0))).toThrow('npy: not a .npy file');
  expect(() => decodeNpy(rawNpy('{}', '', 4))).toThrow('format version 4.0 is unknown');
});

test('a file cut off anywhere is refused', () => {
  for (let length = 0; length < golden.length; length++)
    expect(() => decodeNpy(golden.subarray(0, length), 'cut.npy')).toThrow(/^cut\.npy: /);
});

test.each<[NdArray, RegExp]>([
  [{ dtype: 'float32', shape: [3], data: Float32Array.of(1, 2) }, /shape \(3\) does not hold 2/],
  [{ dtype: 'float32', shape: [-1, -2], data: Float32Array.of(1, 2) }, /\(-1, -2\) is not a shape/],
  [
    { dtype: 'float64', shape: [1], data: Float32Array.of(1) },
    /float64 values belong in a Float64Array/,
  ],
  [{ dtype: 'uint8', shape: Array<number>(65).fill(1), data: Uint8Array.of(1) }, /65 axes; numpy/],
])('refuses to write an array that contradicts itself (%#)', (array, message) => {
  expect(() => encodeNpy(array)).toThrow(message);
});
