import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { explain } from './explain.js';

/** Writes a file whole or not at all: what was there stays until the new one is complete. */
export function writeWhole(file: string, bytes: Uint8Array | string): void {
  const partial = `${file}.partial`;
  explain(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    try {
      writeFileSync(partial, bytes);
      renameSync(partial, file);
    } catch (error) {
      rmSync(partial, { force: true });
      throw error;
    }
  });
}
