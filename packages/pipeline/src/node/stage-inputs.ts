import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { folderOf, type Stage } from '../stages.js';
import { scriptFiles } from './script-files.js';

/**
 * Files and folders that a stage reads beside results of other stages: its script with what that imports, and whatever its arguments and options name,
 * alone or behind a prefix, as in 'mnist:data' or 'nads:out/lenet@3'.
 * @param folder of the experiment
 * @returns paths as the stage names them
 */
export function stageInputs(
  { script, arguments: words, options, needs }: Stage,
  folder: string,
): string[] {
  const given = [...words, ...Object.values(options).filter(value => typeof value === 'string')];
  const paths = given.flatMap(text => text.split(',')).flatMap(candidates);
  const scripts = script === undefined ? [] : scriptFiles(script, folder);
  const own = new Set([...scripts, ...paths]);
  const results = needs.map(folderOf);
  return [...own].filter(
    path =>
      !results.some(result => path === result || path.startsWith(`${result}/`)) &&
      isThere(resolve(folder, path)),
  );
}

/** What of a text may be a path. */
function candidates(text: string): string[] {
  const [, behind] = /^[a-z0-9-]+:(.+)$/.exec(text) ?? [];
  return [text, ...(behind ? [behind, behind.split(/[:@]/)[0]] : [])].filter(one => one !== '');
}

function isThere(path: string): boolean {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found !== undefined && (found.isFile() || found.isDirectory());
  } catch {
    return false; // too long for a path, or below a file
  }
}
