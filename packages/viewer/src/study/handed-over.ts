import type { Found } from './messages.js';

/**
 * A result whose files another thread takes as they are, text as UTF-8, and the memory that goes with it: copies, of text as of bytes, keep the page's
 * thread busy.
 */
export function handedOver({ text, files }: Found): {
  readonly found: Found;
  readonly memory: ArrayBuffer[];
} {
  const encoder = new TextEncoder();
  const bytes = files.map(({ contents }) =>
    typeof contents === 'string' ? encoder.encode(contents) : contents,
  );
  return {
    found: { text, files: files.map((file, i) => ({ ...file, contents: bytes[i] })) },
    memory: [
      ...new Set(bytes.map(({ buffer }) => buffer).filter(buffer => buffer instanceof ArrayBuffer)),
    ],
  };
}
