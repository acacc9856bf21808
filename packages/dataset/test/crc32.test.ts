import { crc32 } from '../src/crc32.js';

/** The same, a bit at a time. */
function bitwise(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

test('the check value of the standard', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

test.each([0, 1, 7, 8, 9, 16, 31, 1000])('%i bytes, eight at a time and the rest', length => {
  const bytes = Uint8Array.from({ length }, (_, i) => (151 * i + length) & 0xff);
  expect(crc32(bytes)).toBe(bitwise(bytes));
});
