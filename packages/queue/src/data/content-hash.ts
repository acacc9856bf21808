import { createHash } from 'node:crypto';

/** The sha256 of bytes in hexadecimal, which is their address. */
export const contentHash = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

/** Whether a text is such an address: nothing else becomes part of the name of a file. */
export const isContentHash = (text: unknown): text is string =>
  typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
