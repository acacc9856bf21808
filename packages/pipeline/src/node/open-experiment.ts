import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseExperiment } from '../experiment.js';
import { stagesOf, type Stage } from '../stages.js';

/** An experiment on disk. */
export interface OpenExperiment {
  readonly file: string;
  /** Its folder, which paths in it and results are relative to. */
  readonly folder: string;
  readonly title?: string;
  readonly stages: readonly Stage[];
}

/** The largest file that is read; experiments have some kilobytes. */
const largest = 1 << 20;

/** Where experiments of a repository are, one folder each. */
const usual = 'experiments';

/** @param path of experiment.json, or of its folder, or the name of a folder in experiments. @throws naming the file, and what is wrong with it */
export function openExperiment(path: string): OpenExperiment {
  const [place = path] = [path, join(usual, path)].filter(one => existsSync(one));
  const file = statSync(place, { throwIfNoEntry: false })?.isDirectory()
    ? join(place, 'experiment.json')
    : place;
  const size = statSync(file, { throwIfNoEntry: false });
  if (!size?.isFile())
    throw new Error(`${file}: not found; \`nads new experiment NAME\` makes an experiment`);
  if (size.size > largest) throw new Error(`${file}: too large for an experiment`);
  const { stages, title } = parseExperiment(file, readFileSync(file, 'utf8'));
  try {
    return { file, folder: dirname(resolve(file)), title, stages: stagesOf({ stages }) };
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}
