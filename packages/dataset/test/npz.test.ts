import { zipSync } from 'fflate';
import { decodeNpz, encodeNpy, encodeNpz, type NdArray } from '../src/index.js';

const a: NdArray = { dtype: 'float64', shape: [1000], data: new Float64Array(1000) };
const b: NdArray = { dtype: 'uint8', shape: [3], data: Uint8Array.of(0, 1, 2) };

// np.savez_compressed(file, a=np.zeros(1000), b=np.arange(3, dtype='u1')), numpy 2.4.6
const golden = Buffer.from(
  'UEsDBC0AAAAIAAAAIQBCVxJf//////////8FABQAYS5ucHkBABAAwB8AAAAAAABqAAAAAAAAAO3IIQ7CMBhA4WI5' +
    'Rd0PSUXnCEHPbcEgppaGtkEsK2kJZuEUu/DKFabf595b+0d3Hw7qqxbxoTyzXLXc4kWMlpjyJ7t5TNmH/2/dVEL9' +
    '5eXeofapsdaas9E/vddRAQAAAAAAAAAAAAAAtQFQSwMELQAAAAgAAAAhAEjqZuz//////////wUAFABiLm5weQEA' +
    'EACDAAAAAAAAAEcAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgXlNqqK6joJ6WX1RSlJgXn1+UkgoSd0vMKU4F' +
    'ihdnJBakAvkaxjqaOgq1ChQALgZGJgBQSwECLQMtAAAACAAAACEAQlcSX2oAAADAHwAABQAAAAAAAAAAAAAAgAEA' +
    'AAAAYS5ucHlQSwECLQMtAAAACAAAACEASOpm7EcAAACDAAAABQAAAAAAAAAAAAAAgAGhAAAAYi5ucHlQSwUGAAAA' +
    'AAIAAgBmAAAAHwEAAAAA',
  'base64',
);

/** A changed copy of an archive, for damage at known places. */
function changed(archive: Uint8Array, change: (view: DataView) => void): Uint8Array {
  const copy = Uint8Array.from(archive);
  change(new DataView(copy.buffer));
  return copy;
}

/** Where the record with this signature starts, the last one in the archive. */
function recordAt(archive: Uint8Array, ...signature: number[]): number {
  return Buffer.from(archive).lastIndexOf(Buffer.from(['P'.charCodeAt(0), 75, ...signature]));
}

const directoryAt = (archive: Uint8Array) => recordAt(archive, 1, 2);
const endAt = (archive: Uint8Array) => recordAt(archive, 5, 6);

/** The same archive with its end described in zip64 records, as archives over 4 GiB have it. */
function zip64(archive: Uint8Array): Uint8Array {
  const end = endAt(archive);
  const old = new DataView(archive.buffer, archive.byteOffset + end);
  const tail = new DataView(new ArrayBuffer(56 + 20 + 22));
  tail.setUint32(0, 0x06064b50, true);
  tail.setBigUint64(32, BigInt(old.getUint16(10, true)), true);
  tail.setBigUint64(40, BigInt(old.getUint32(12, true)), true);
  tail.setBigUint64(48, BigInt(old.getUint32(16, true)), true);
  tail.setUint32(56, 0x07064b50, true);
  tail.setBigUint64(56 + 8, BigInt(end), true);
  tail.setUint32(76, 0x06054b50, true);
  tail.setUint16(76 + 10, 0xffff, true);
  tail.setUint32(76 + 16, 0xffffffff, true);
  return Buffer.concat([archive.subarray(0, end), new Uint8Array(tail.buffer)]);
}

test('reads what numpy wrote', () => {
  expect([...decodeNpz(golden)]).toEqual([
    ['a', a],
    ['b', b],
  ]);
});

test.each([false, true])('arrays come back by name and in order (compress: %s)', compress => {
  const archive = encodeNpz({ 'layer/weight': b, a, größe: b }, { compress });
  expect([...decodeNpz(archive)]).toEqual([
    ['layer/weight', b],
    ['a', a],
    ['größe', b],
  ]);
  expect(archive.length < 2000).toBe(compress);
});

test('an archive of no arrays comes back empty', () => {
  expect(decodeNpz(encodeNpz({})).size).toBe(0);
});

test('names that mean something to JavaScript are names like any other', () => {
  const arrays = Object.fromEntries([['__proto__', b]]);
  expect([...decodeNpz(encodeNpz(arrays))]).toEqual([['__proto__', b]]);
});

test('the same arrays give the same bytes at any time and in any time zone', () => {
  const archive = Buffer.from(encodeNpz({ b }));
  // 1980-01-01 00:00:00 in the packed form of MS-DOS
  expect(archive.readUInt32LE(10)).toBe(0x00210000);
  expect(Buffer.from(encodeNpz({ b }))).toEqual(archive);
  expect(archive.length).toBe(30 + 5 + 128 + 3 + 46 + 5 + 22);
});

test('reads an archive whose directory is in zip64 records', () => {
  expect([...decodeNpz(zip64(encodeNpz({ a, b })))].length).toBe(2);
});

test('reads sizes from the zip64 field of an entry', () => {
  const field = new DataView(new ArrayBuffer(16));
  field.setBigUint64(0, 131n, true);
  field.setBigUint64(8, 131n, true);
  const extra = { 0xcafe: Uint8Array.of(1), 1: new Uint8Array(field.buffer) };
  const plain = zipSync({ 'b.npy': encodeNpy(b) }, { level: 0, extra });
  const full = changed(plain, view => {
    view.setUint32(directoryAt(plain) + 20, 0xffffffff, true);
    view.setUint32(directoryAt(plain) + 24, 0xffffffff, true);
  });
  expect(decodeNpz(full).get('b')).toEqual(b);
});

test('reads an archive with a comment after its end', () => {
  const archive = Buffer.concat([encodeNpz({ b }), Buffer.from('a comment')]);
  expect(decodeNpz(archive).get('b')).toEqual(b);
});

test('a flipped bit in the values is found', () => {
  for (const compress of [false, true]) {
    const archive = encodeNpz({ b }, { compress });
    const at = directoryAt(archive) - 1;
    const damaged = changed(archive, view => view.setUint8(at, view.getUint8(at) ^ 4));
    expect(() => decodeNpz(damaged, 'x.npz')).toThrow(/^x\.npz\[b\.npy\]: /u);
  }
});

test('an archive cut off anywhere is refused', () => {
  for (let length = 0; length < golden.length; length++)
    expect(() => decodeNpz(golden.subarray(0, length), 'cut.npz')).toThrow(/^cut\.npz.*: /u);
});

test('an end that asks for zip64 records without having any is refused', () => {
  const empty = encodeNpz({});
  const full = changed(empty, view => view.setUint16(10, 0xffff, true));
  expect(() => decodeNpz(full, 'x.npz')).toThrow('x.npz: the zip archive is damaged');
});

test('any damaged byte gives the right arrays or an error that names the file', () => {
  for (let at = 0; at < golden.length; at++)
    for (const value of [0, 1, 127, 255]) {
      const damaged = changed(golden, view => view.setUint8(at, value));
      try {
        expect([...decodeNpz(damaged, 'x.npz').values()]).toEqual([a, b]);
      } catch (error) {
        if (!/^Error: x\.npz.*: /su.test(String(error))) throw error;
      }
    }
});

test('a size that the array itself does not declare is refused before memory is taken', () => {
  const archive = encodeNpz({ a }, { compress: true });
  const bomb = changed(archive, view =>
    view.setUint32(directoryAt(archive) + 24, 2 ** 27 - 1, true),
  );
  expect(() => decodeNpz(bomb, 'bomb.npz')).toThrow(
    "bomb.npz[a.npy]: the zip declares 134217727 bytes, the array's header 8128; save the archive again",
  );
});

test('arrays over the limit together are refused', () => {
  const archive = encodeNpz({ a, c: a }, { compress: true });
  expect(decodeNpz(archive, 'x.npz', { limit: 16256 }).size).toBe(2);
  expect(() => decodeNpz(archive, 'x.npz', { limit: 16255 })).toThrow(
    'x.npz: its arrays take 16256 bytes, over the limit of 16255; raise it',
  );
});

test('other archives and other files are refused by name', () => {
  const text = zipSync({ 'readme.txt': Uint8Array.of(65) });
  expect(() => decodeNpz(text, 'x.npz')).toThrow('x.npz[readme.txt]: not a .npy file');
  expect(() => decodeNpz(encodeNpy(a), 'a.npy')).toThrow('a.npy: not a zip archive');
  const array = zipSync({ 'a.npy': Uint8Array.of(65) });
  expect(() => decodeNpz(array, 'x.npz')).toThrow('x.npz[a.npy]: not a .npy file');
});

test('encryption, other compressions and repeated names are refused', () => {
  const archive = encodeNpz({ b });
  const at = directoryAt(archive);
  const locked = changed(archive, view => view.setUint16(at + 8, 1, true));
  expect(() => decodeNpz(locked, 'x.npz')).toThrow("x.npz: 'b.npy' is encrypted");
  const bzip2 = changed(archive, view => view.setUint16(at + 10, 12, true));
  expect(() => decodeNpz(bzip2, 'x.npz')).toThrow('x.npz[b.npy]: compression method 12 is unknown');
  const twice = encodeNpz({ b, c: b });
  const named = changed(twice, view => view.setUint8(directoryAt(twice) + 46, 'b'.charCodeAt(0)));
  expect(() => decodeNpz(named, 'x.npz')).toThrow('x.npz[b.npy]: the archive has two arrays');
});
