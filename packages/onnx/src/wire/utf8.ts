import protobuf from 'protobufjs/minimal.js';

const { utf8 } = protobuf.util;

/** Text as UTF-8. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8.length(text));
  utf8.write(text, bytes, 0);
  return bytes;
}

/** UTF-8 as text. */
export const decodeUtf8 = (bytes: Uint8Array): string => utf8.read(bytes, 0, bytes.length);
