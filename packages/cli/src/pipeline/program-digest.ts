import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestOf } from '@nads/pipeline/node';

/** Of the code that runs stages: the folder that this file was bundled into, or compiled into. */
export function programDigest(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(`${folder}/main.js`)) folder = dirname(folder);
  return digestOf(folder);
}
