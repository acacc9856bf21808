import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

const block = 1 << 20;

/** SHA-256 of the contents of a file, or of the names and contents of all files in a folder. */
export function digestOf(path: string): string {
  if (!statSync(path).isDirectory()) return digestOfFile(path);
  const hash = createHash('sha256');
  for (const name of filesIn(path)) hash.update(`${name}\0${digestOfFile(join(path, name))}\n`);
  return hash.digest('hex');
}

/** Files in a folder and in those below, by path from it, in the order of their names; links to folders are not followed. */
export function filesIn(folder: string, below = ''): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      const path = below ? `${below}/${entry.name}` : entry.name;
      if (entry.isDirectory()) return filesIn(folder, path);
      return statSync(join(folder, path), { throwIfNoEntry: false })?.isFile() ? [path] : [];
    });
}

function digestOfFile(file: string): string {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(block);
  const descriptor = openSync(file, 'r');
  try {
    for (let read = readSync(descriptor, buffer); read > 0; read = readSync(descriptor, buffer))
      hash.update(buffer.subarray(0, read));
  } finally {
    closeSync(descriptor);
  }
  return hash.digest('hex');
}
