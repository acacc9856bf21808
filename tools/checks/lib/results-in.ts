import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Journals have their lines in the order in which they came. */
const isJournal = (name: string): boolean => name.endsWith('.jsonl');

/** Contents of the files of an output, a folder or a file, by name. */
export function resultsIn(output: string): ReadonlyMap<string, Buffer> {
  if (statSync(output).isFile()) return new Map([['', readFileSync(output)]]);
  const names = readdirSync(output).filter(name => !isJournal(name));
  return new Map(names.map(name => [name, readFileSync(join(output, name))]));
}

/** The names of files that are not the same in both. */
export function differences(
  a: ReadonlyMap<string, Buffer>,
  b: ReadonlyMap<string, Buffer>,
): string[] {
  const names = new Set([...a.keys(), ...b.keys()]);
  return [...names].filter(name => !a.get(name)?.equals(b.get(name) ?? Buffer.alloc(0)));
}
