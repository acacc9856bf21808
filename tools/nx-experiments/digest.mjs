// Prints the digest of a file, or of the files in a folder: what Nx cannot see since it lies outside of the workspace.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const [path] = process.argv.slice(2);
const files = statSync(path).isDirectory()
  ? readdirSync(path, { recursive: true })
      .map(name => join(path, String(name)))
      .filter(file => statSync(file).isFile())
      .toSorted()
  : [path];
const hash = createHash('sha256');
for (const file of files) hash.update(`${file}\0`).update(readFileSync(file));
console.log(hash.digest('hex'));
