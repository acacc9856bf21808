import type { ResultFile } from './messages.js';

/** Memory of files that can be handed to another thread, each once. */
export const buffersOf = (files: readonly ResultFile[]): ArrayBuffer[] => [
  ...new Set(
    files
      .map(({ contents }) => (typeof contents === 'string' ? undefined : contents.buffer))
      .filter(buffer => buffer instanceof ArrayBuffer),
  ),
];
