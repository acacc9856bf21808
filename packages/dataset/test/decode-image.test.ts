import { encode } from 'fast-png';
import * as fc from 'fast-check';
import jpeg from 'jpeg-js';
import { decodeImage } from '../src/index.js';
import { cmyk, jpegs, pngs } from './pillow-pictures.js';
import { chunk, rawPng } from './raw-png.js';

const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');
/** The largest difference of two lists of the same length. */
const farthest = (a: Uint8Array, b: Uint8Array): number =>
  a.length === b.length ? Math.max(...a.map((value, i) => Math.abs(value - b[i]))) : Infinity;

test.each(pngs)('a PNG %s has the same values as in Pillow', (_, file, values) => {
  const { dims, data } = decodeImage(bytes(file));
  expect(dims).toEqual([values.length > 100 ? 3 : 1, 7, 9]);
  expect(Buffer.from(data)).toEqual(bytes(values));
});

test.each(jpegs)('a JPEG %s differs by at most 3 from Pillow', (_, file, values) => {
  const { dims, data } = decodeImage(bytes(file));
  expect(dims).toEqual([values.length > 100 ? 3 : 1, 7, 9]);
  expect(farthest(data as Uint8Array, bytes(values))).toBeLessThanOrEqual(3);
});

test('any picture that is written as PNG comes back, as planes', () => {
  const side = fc.integer({ min: 1, max: 9 });
  const picture = fc
    .tuple(side, side, fc.constantFrom(1, 2, 3, 4))
    .chain(([width, height, channels]) => {
      const length = width * height * channels;
      return fc
        .uint8Array({ minLength: length, maxLength: length })
        .map(data => ({ width, height, channels, data }));
    });
  fc.assert(
    fc.property(picture, ({ width, height, channels, data }) => {
      const image = decodeImage(encode({ width, height, channels, data, depth: 8 }));
      const planes = channels < 3 ? 1 : 3;
      expect(image.dims).toEqual([planes, height, width]);
      image.data.forEach((value, i) => {
        const [plane, pixel] = [Math.floor(i / (width * height)), i % (width * height)];
        expect(value).toBe(data[pixel * channels + plane]);
      });
    }),
  );
});

test('of 16 bits the upper 8 are taken', () => {
  const data = Uint16Array.of(0x00ff, 0x0100, 0xffff, 0x80ff);
  const image = decodeImage(encode({ width: 2, height: 2, channels: 1, depth: 16, data }));
  expect([...image.data]).toEqual([0, 1, 255, 128]);
});

test('2 bits of grey are stretched to 0 to 255, in lines that fill whole bytes', () => {
  // 5 pixels in 10 bits: 0 1 2 3 | 3; 3 2 1 0 | 1
  const lines = Uint8Array.of(0, 0b00011011, 0b11000000, 0, 0b11100100, 0b01000000);
  const image = decodeImage(rawPng({ width: 5, height: 2, depth: 2 }, lines));
  expect([...image.data]).toEqual([0, 85, 170, 255, 255, 255, 170, 85, 0, 85]);
});

test('an interlaced PNG is put together from its passes', () => {
  // 3×3: pass 1 has pixel 0, pass 5 pixel 6 and 8 (row 2), pass 4 pixel 2, 6 column 1, 7 row 1
  const lines = Uint8Array.of(0, 10, 0, 12, 0, 16, 18, 0, 11, 0, 17, 0, 13, 14, 15);
  const image = decodeImage(rawPng({ width: 3, height: 3, interlace: 1 }, lines));
  expect([...image.data]).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18]);
});

test('a file that lies in the middle of other bytes is read', () => {
  for (const [, file, values] of [pngs[0], jpegs[0]]) {
    const inside = Buffer.concat([Buffer.alloc(5), bytes(file), Buffer.alloc(5)]).subarray(5, -5);
    expect(farthest(decodeImage(inside).data as Uint8Array, bytes(values))).toBeLessThanOrEqual(3);
  }
});

test('a colour profile that is a bomb is not unpacked', () => {
  const profile = chunk('iCCP', Buffer.from('x\0\0no profile at all', 'latin1'));
  const image = decodeImage(rawPng({ width: 1, height: 1 }, Uint8Array.of(0, 7), [profile]));
  expect([...image.data]).toEqual([7]);
});

test.each([
  [rawPng({ width: 30_000, height: 30_000 }, Uint8Array.of(0, 7)), /bytes cannot hold 30000×30000/],
  [rawPng({ width: 0, height: 3 }, Uint8Array.of(0, 7)), /cannot hold 0×3 pixels/],
  [rawPng({ width: 2, height: 2 }, Uint8Array.of(0, 7, 7, 0, 7)), /unpack to 5 bytes, expected 6/],
  [rawPng({ width: 1, height: 1 }, new Uint8Array(10_000_000)), /unpack to more bytes, expected 2/],
  [rawPng({ width: 1, height: 1 }, Uint8Array.of(9, 7)), /Unsupported filter: 9/],
  [rawPng({ width: 1, height: 1, depth: 3 }, Uint8Array.of(0, 7)), /header declares depth 3/],
  [rawPng({ width: 1, height: 1, colour: 5 }, Uint8Array.of(0, 7)), /depth 8, colour 5/],
  [
    rawPng({ width: 1, height: 1, colour: 3 }, Uint8Array.of(0, 2), [
      chunk('PLTE', new Uint8Array(6)),
    ]),
    /pixel 0 has a colour that is not in the palette, 2/,
  ],
  [rawPng({ width: 1, height: 1, colour: 3 }, Uint8Array.of(0, 0)), /not in the palette, 0/],
  [
    rawPng({ width: 3, height: 3, depth: 1, interlace: 1 }, new Uint8Array(12)),
    /interlaced with 1 bits a sample.*without interlacing/,
  ],
])('a PNG that contradicts itself is refused (%#)', (file, message) => {
  expect(() => decodeImage(file, 'x.png')).toThrow(message);
  expect(() => decodeImage(file, 'x.png')).toThrow(/^x\.png: /);
});

test('a picture over the limit is refused before it is decoded', () => {
  for (const [, file] of [pngs[0], jpegs[0]]) {
    expect(decodeImage(bytes(file), 'x', { mostPixels: 63 }).dims).toEqual([3, 7, 9]);
    expect(() => decodeImage(bytes(file), 'x', { mostPixels: 62 })).toThrow(
      'x: 9×7 pixels are over the limit of 62; make it smaller',
    );
  }
});

test('a JPEG cannot declare more pixels than its bytes hold', () => {
  const file = bytes(jpegs[0][1]);
  const frame = file.indexOf(Buffer.from([0xff, 0xc0])) + 5;
  file.writeUInt16BE(4000, frame);
  file.writeUInt16BE(4000, frame + 2);
  expect(() => decodeImage(file, 'x.jpg')).toThrow(
    'x.jpg: the JPEG is damaged: a file of 325 bytes cannot hold 4000×4000 pixels',
  );
});

test('Adobe’s segment says whether a JPEG holds colours or YCbCr', () => {
  const grey = { width: 8, height: 8, data: Buffer.alloc(256, Buffer.of(200, 40, 40, 255)) };
  const plain = jpeg.encode(grey, 100).data;
  const withAdobe = (transform: number): Uint8Array => {
    const segment = Buffer.concat([
      Buffer.of(0xff, 0xee, 0, 14),
      Buffer.from('Adobe'),
      Buffer.alloc(7),
    ]);
    segment[15] = transform;
    return Buffer.concat([plain.subarray(0, 2), segment, plain.subarray(2)]);
  };
  const corner = (file: Uint8Array): number[] => {
    const { data } = decodeImage(file);
    return [data[0], data[64], data[128]];
  };
  expect(farthest(Uint8Array.from(corner(plain)), Uint8Array.of(200, 40, 40))).toBeLessThanOrEqual(
    2,
  );
  expect(corner(withAdobe(1))).toEqual(corner(plain));
  // Y, Cb and Cr of (200, 40, 40) by JFIF: 87.8, 101.0, 208.0
  expect(
    farthest(Uint8Array.from(corner(withAdobe(0))), Uint8Array.of(88, 101, 208)),
  ).toBeLessThanOrEqual(1);
});

test('other JPEGs and other files are refused with advice', () => {
  expect(() => decodeImage(bytes(cmyk), 'x.jpg')).toThrow(
    'x.jpg: a JPEG with 4 channels (CMYK) is not read; save it as grey or RGB, baseline',
  );
  const lossless = bytes(jpegs[0][1]);
  lossless[lossless.indexOf(Buffer.from([0xff, 0xc0])) + 1] = 0xc3;
  expect(() => decodeImage(lossless, 'x.jpg')).toThrow(/lossless.* is not read/);
  expect(() => decodeImage(Buffer.from('GIF89a'), 'x.gif')).toThrow(
    'x.gif: neither a PNG nor a JPEG, it starts with 47 49 46 38; convert it to PNG',
  );
  expect(() => decodeImage(new Uint8Array(0), 'x.png')).toThrow('starts with no bytes');
});

test('a file cut off anywhere is refused by name', () => {
  for (const [, file] of [...pngs, ...jpegs])
    for (let length = 0; length < bytes(file).length - 2; length++)
      expect(() => decodeImage(bytes(file).subarray(0, length), 'cut')).toThrow(/^cut: /);
});

test('any changed byte of a PNG is found, and of a JPEG gives a picture or an error that names the file', () => {
  for (const [name, file] of [
    ['png', pngs[0][1]],
    ['jpg', jpegs[0][1]],
    ['jpg', jpegs[2][1]],
  ])
    for (let at = 0; at < bytes(file).length; at++)
      for (const change of [1, 0x80, 0xff]) {
        const damaged = bytes(file);
        damaged[at] ^= change;
        try {
          decodeImage(damaged, 'x');
          expect(name).toBe('jpg');
        } catch (error) {
          expect(String(error)).toMatch(/^Error: x: /);
        }
      }
});

test('a JPEG of very many scans is refused', () => {
  const { data } = jpeg.encode({ data: new Uint8Array(4 * 64), width: 8, height: 8 }, 90);
  const scan = data.subarray(data.lastIndexOf(0xda) - 1, -2);
  const copies = Array.from({ length: 100 }, () => scan);
  const file = Buffer.concat([data.subarray(0, -2), ...copies, data.subarray(-2)]);
  expect(() => decodeImage(new Uint8Array(file), 'many.jpg')).toThrow(
    'many.jpg: a JPEG of 101 scans is not read, at most of 100; save it again, baseline',
  );
  expect(decodeImage(new Uint8Array(data), 'one.jpg').dims).toEqual([3, 8, 8]);
});
