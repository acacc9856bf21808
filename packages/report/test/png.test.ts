import { decode } from 'fast-png';
import { encodePng } from '../src/index.js';

test.each([
  ['grey', 1],
  ['red, green, blue', 3],
  ['red, green, blue, opacity', 4],
])('a picture of %s comes back pixel for pixel', (_, channels) => {
  const data = Uint8Array.from({ length: 3 * 5 * channels }, (__, i) => (i * 37) % 256);
  const png = decode(encodePng({ width: 5, height: 3, data }));
  expect([png.width, png.height, png.channels, png.depth]).toEqual([5, 3, channels, 8]);
  expect([...png.data]).toEqual([...data]);
});

test('the same picture gives the same bytes, without a time or a program name', () => {
  const picture = { width: 1, height: 1, data: Uint8Array.of(255, 0, 0) };
  expect(encodePng(picture)).toEqual(encodePng(picture));
  const text = String.fromCharCode(...encodePng(picture));
  expect(text.match(/IHDR|IDAT|IEND|tEXt|tIME|iTXt/gu)).toEqual(['IHDR', 'IDAT', 'IEND']);
});

test('data of the wrong size are refused', () => {
  expect(() => encodePng({ width: 2, height: 2, data: new Uint8Array(8) })).toThrow(
    'png: 2×2 pixels take 4 bytes times 1, 3 or 4, got 8',
  );
});
