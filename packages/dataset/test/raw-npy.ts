/** A .npy file put together by hand: header text as given, values as hexadecimal digits. */
export function rawNpy(header: string, values = '', version = 1): Uint8Array {
  const text = new TextEncoder().encode(header + '\n');
  const length = version === 1 ? [text.length & 255, text.length >> 8] : [text.length, 0, 0, 0];
  const bytes = [...values.matchAll(/../gu)].map(([digits]) => parseInt(digits, 16));
  return Uint8Array.from([0x93, ...Buffer.from('NUMPY'), version, 0, ...length, ...text, ...bytes]);
}
