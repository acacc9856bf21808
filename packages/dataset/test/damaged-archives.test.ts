import { decodeNpy, decodeNpz, encodeNpy, encodeNpz } from '../src/index.js';

const array = { dtype: 'float32' as const, shape: [64], data: new Float32Array(64) };

test('a .npy file that is cut off anywhere is one that ends too early', () => {
  const bytes = encodeNpy(array);
  for (let length = 6; length < bytes.length; length++)
    expect(() => decodeNpy(bytes.slice(0, length), 'a.npy')).toThrow(
      /^a\.npy: (ends inside its header|shape \(64\) .*), .*copy/,
    );
});

test('entries of an archive that share their bytes are refused', () => {
  const bytes = encodeNpz(
    Object.fromEntries(Array.from('abcdefgh', name => [name, array] as const)),
  );
  const entries = directoryOf(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  view.setUint32(entries[0] + 20, bytes.length - 100, true);
  expect(() => decodeNpz(bytes, 'a.npz')).toThrow(
    /^a\.npz: its entries take \d+ bytes, the whole archive \d+; save it again$/,
  );
});

test('a small archive does not hold arrays of any size', () => {
  const shape = [2 ** 25 + 1];
  const many = { dtype: 'float32' as const, shape, data: new Float32Array(shape[0]) };
  const archive = encodeNpz({ many }, { compress: true });
  expect(() => decodeNpz(archive, 'a.npz')).toThrow(
    /^a\.npz: its arrays take 1342178\d\d bytes, the archive \d{6}; save it without compression/,
  );
});

/** Where the entries of a zip's directory begin. */
const directoryOf = (bytes: Uint8Array): number[] =>
  [...bytes.keys()].filter(at => [0x50, 0x4b, 1, 2].every((byte, i) => bytes[at + i] === byte));
