import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { typeOf, type Page } from './site.js';

/** What a page was opened with: a model, or a folder of results. */
export interface Opened {
  readonly name: string;
  readonly files: readonly OpenedFile[];
}

/** A file of it. */
export interface OpenedFile {
  readonly name: string;
  /** When it was changed last, in milliseconds: pages look again where this is another. */
  readonly changed: number;
}

/** Larger files are not sent to a page. */
const largest = 1 << 30;

/** What paths lead to, as it is now. @throws where one leads to nothing */
export const openedNow = (paths: readonly string[]): Opened[] =>
  paths.map(path => ({
    name: basename(path),
    files: statSync(path).isDirectory() ? filesIn(path) : [fileAt(path, basename(path))],
  }));

const filesIn = (folder: string): OpenedFile[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => fileAt(join(folder, name), name));

const fileAt = (path: string, name: string): OpenedFile => ({
  name,
  changed: Math.round(statSync(path).mtimeMs),
});

/** A file of what was opened; undefined where there is none of this name. */
export function openedFile(path: string, name: string): Page | undefined {
  const isFolder = statSync(path).isDirectory();
  const known = isFolder ? filesIn(path).map(file => file.name) : [basename(path)];
  if (!known.includes(name)) return undefined;
  const file = isFolder ? join(path, name) : path;
  if (statSync(file).size > largest) return undefined;
  return { type: typeOf(name), contents: readFileSync(file) };
}
