import { readdirSync } from 'node:fs';

/** What `npm run bench -- NAME` takes: the files in this folder's parent, each of which exports `run`. */
export const benchmarkNames: readonly string[] = readdirSync(new URL('..', import.meta.url))
  .filter(file => file.endsWith('.ts') && file !== 'run.ts')
  .map(file => file.slice(0, -'.ts'.length))
  .toSorted();
