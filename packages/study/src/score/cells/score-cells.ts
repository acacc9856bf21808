import type { LabelledImages } from '@nads/dataset';
import { distinctCells, formatCell, isomorphismKey, parseCell } from '@nads/train/cells';
import { poolOf, type Environment } from '../../environment.js';
import { inTurns } from '../../in-turns.js';
import { about } from '../../named-error.js';
import { scoreSettings, type ScoreSettings } from '../score-settings.js';
import type { CellScores, CellScoresSetup } from './cell-scores.js';
import { CellTable } from './cell-table.js';
import { cellScoresIdentity, cellScoresSetup } from './cell-scores-setup.js';

/** How cells are scored, and where the table is kept. */
export interface CellsEnvironment extends Environment {
  /** What holds the table; memory if not given. */
  readonly store?: Environment['store'];
  readonly onPlan?: (plan: CellsPlan) => void;
}

/** What will be done. */
export interface CellsPlan {
  /** The preprocessing in one line, and where its parts come from. */
  readonly description: string;
  /** Cells, those of them that are known already, and networks that are left: isomorphic cells share one. */
  readonly cells: number;
  readonly done: number;
  readonly networks: number;
}

/**
 * Scores cells of NAS-Bench-201 in their networks with fresh weights, each on the same images. Isomorphic cells are computed once. Lines
 * are kept in `file` of the store as they come; what is there is not done again. Results do not depend on the pool.
 * @param cells in the benchmark's notation.
 * @returns whether all is done: false where the signal was aborted.
 * @throws for a text that is no cell; where the file belongs to other settings; OptionError for options that do not fit
 */
export async function scoreCells(
  cells: readonly string[],
  images: LabelledImages,
  given: ScoreSettings,
  file: string,
  environment: CellsEnvironment & Required<Pick<Environment, 'store'>>,
): Promise<boolean> {
  const { store, signal, onPlan } = environment;
  const settings = scoreSettings({ ...given, weights: 'fresh' });
  const groups = isomorphic(cells);
  const { setup, description } = cellScoresSetup(images, settings);
  await store.ready();
  const { scores, repeats } = settings;
  const identity = cellScoresIdentity(settings, setup);
  const table = await CellTable.open(store, { file, scores, hasErrors: repeats > 1, identity });
  const left = [...groups].filter(([, members]) => members.some(cell => !table.has(cell)));
  const done = cells.filter(cell => table.has(cell)).length;
  onPlan?.({ description, cells: cells.length, done, networks: left.length });
  if (left.length > 0) await scoreAll(left, setup, table, environment);
  await table.finish(cells);
  return !signal?.aborted;
}

/** Cells by the one of all that are isomorphic that comes first in the search space. */
function isomorphic(cells: readonly string[]): Map<string, string[]> {
  const first = new Map(distinctCells().map(cell => [isomorphismKey(cell), formatCell(cell)]));
  const groups = new Map<string, string[]>();
  for (const text of new Set(cells)) {
    const one = first.get(isomorphismKey(parseCell(text)))!;
    groups.set(one, [...(groups.get(one) ?? []), text]);
  }
  return groups;
}

async function scoreAll(
  groups: readonly (readonly [one: string, members: readonly string[]])[],
  setup: CellScoresSetup,
  table: CellTable,
  environment: CellsEnvironment,
): Promise<void> {
  const { signal, onProgress } = environment;
  const pool = poolOf(environment);
  const job = pool.begin<string, CellScores>('cell-scores', setup);
  const stop = (): void => void job.end();
  signal?.addEventListener('abort', stop);
  let done = 0;
  const scoreOne = async ([one, members]: (typeof groups)[number]): Promise<void> => {
    const found = await about(`cell ${one}`, () => job.run(one)).catch((error: Error) => {
      if (!signal?.aborted) throw error;
    });
    if (!found) return;
    for (const cell of members.filter(cell => !table.has(cell))) await table.add(cell, found);
    onProgress?.({ unit: 'networks', done: ++done, total: groups.length });
  };
  try {
    // one more than are worked on, so that no worker waits
    await inTurns(groups, pool.size + 1, scoreOne, signal);
  } finally {
    signal?.removeEventListener('abort', stop);
    await job.end();
  }
}
