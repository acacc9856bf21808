import { basename, dirname } from 'node:path';
import { OptionError } from '@nads/linalg';
import { readCsv, scoreCells as study, type CellsPlan } from '@nads/study';
import { FolderStore, nodeEnvironment, openData, readInput } from '@nads/study/node';
import { threadPool } from '@nads/study/thread-pool';
import { studyPool } from '../queue/study-pool.js';
import { closePool } from '../terminal/close-pool.js';
import { speaker, warn } from '../terminal/say.js';
import { show } from '../terminal/show.js';
import { statedPreprocessing } from '../terminal/stated-preprocessing.js';
import { watched } from '../terminal/watched.js';
import type { ScoreFlags } from './score.js';

/** Runs `nads score --cells`. */
export async function scoreCells(file: string, flags: ScoreFlags): Promise<void> {
  const { out, quiet, threads } = flags;
  if (out === undefined) throw new OptionError('out', 'give the file for the table of cells');
  const cells = readCsv(readInput(file).toString(), ['cell'], file).map(row => row.cell('cell'));
  const data = openData(flags.data, flags);
  const say = speaker(quiet);
  const pool = await studyPool(flags, () => threadPool(threads, 'cell-scores'));
  const environment = { ...nodeEnvironment(), pool, store: new FolderStore(dirname(out)) };
  const settings = { ...flags, preprocessing: statedPreprocessing(file, flags) };
  const onPlan = (plan: CellsPlan): void => say(describe(plan));
  try {
    const { isInterrupted } = await watched(quiet, watch =>
      study(cells, data, settings, basename(out), { ...environment, ...watch, onPlan }),
    );
    if (isInterrupted) warn(`interrupted; what is done is in ${out}, the same command continues`);
    else show(flags, [`${cells.length} cells, written to ${out}`], { cells: cells.length, out });
  } finally {
    await closePool(pool);
  }
}

const describe = ({ description, cells, done, networks }: CellsPlan): string =>
  `${description}\n${cells} cells, ${done} of them known; ${networks} networks to score`;
