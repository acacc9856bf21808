import { OptionError } from '@nads/linalg';
import type { Pool } from '@nads/runtime';
import { scoreNames, type ScoreName } from '@nads/score';
import {
  accuracyTable,
  choosePreprocessing,
  scoredCells,
  search as study,
  searchFiles,
  setsOf,
  trainedCells,
  type CellSource,
  type ScoredCells,
  type SearchResult,
  type SearchSettings,
  type Store,
  type TrainSettings,
} from '@nads/study';
import { nodeEnvironment, openData, readInput } from '@nads/study/node';
import type { QueueFlags } from '../commands/queue-options.js';
import { workersPool } from '../queue/study-pool.js';
import { closePool } from '../terminal/close-pool.js';
import type { PreprocessingFlags } from '../commands/preprocessing-options.js';
import { runInFolder, type FolderFlags } from '../terminal/run-in-folder.js';
import { warn } from '../terminal/say.js';
import { show, type ShowFlags } from '../terminal/show.js';
import { statedPreprocessing } from '../terminal/stated-preprocessing.js';
import { watched } from '../terminal/watched.js';

/** Options of `nads search`. */
export interface SearchFlags
  extends
    FolderFlags,
    ShowFlags,
    Omit<SearchSettings, 'score'>,
    Omit<TrainSettings, 'seed' | 'resume'>,
    QueueFlags,
    PreprocessingFlags {
  readonly score?: string;
  readonly scoreBatch: number;
  readonly accuracies?: string;
  readonly column?: string;
  readonly data?: string;
  readonly testData?: string;
  readonly quiet?: boolean;
}

/** Runs `nads search`. */
export async function search(flags: SearchFlags): Promise<void> {
  const score = scoreOf(flags);
  const accuracies = accuraciesOf(flags);
  const folder = { command: 'search', flags, main: 'search.csv', state: 'journal.jsonl' };
  const pool = await workersPool(flags);
  try {
    const scores = score && scoresOf(flags, score, pool);
    await runInFolder({ ...folder, resume: true }, store =>
      searchInto(store, withScores(accuracies, scores), { ...flags, score }, scores?.end),
    );
  } finally {
    if (pool) await closePool(pool);
  }
}

/** False where it was interrupted. */
async function searchInto(
  store: Store,
  source: CellSource,
  flags: Omit<SearchFlags, 'score'> & SearchSettings,
  end?: ScoredCells['end'],
): Promise<boolean> {
  const { out, quiet } = flags;
  const { result } = await watched(quiet, watch => {
    watch.signal.addEventListener('abort', () => void end?.());
    return study(source, flags, { ...watch, store });
  });
  if (!result) warn(`interrupted; what is known is in ${out}, the same command continues`);
  else {
    await end?.();
    await store.write(searchFiles(result, warn));
    const { visits, best, accuracy } = result;
    show(flags, [summary(result, out)], { visits, best, accuracy, out });
  }
  return result !== undefined;
}

const scoreOf = ({ score }: SearchFlags): SearchSettings['score'] => {
  const found = scoreNames.find(one => one === score);
  if (score === undefined || found) return found;
  throw new OptionError('score', `unknown '${score}'; expected one of ${scoreNames.join(', ')}`);
};

/** Scores of cells on the images of --data. */
function scoresOf(flags: SearchFlags, score: ScoreName, pool: Pool | undefined): ScoredCells {
  const data = required(flags, 'data', 'cells are scored on images');
  const batch = flags.scoreBatch;
  const settings = { data, batch, seed: flags.seed, preprocessing: statedOf(flags, data) };
  return scoredCells(openData(data), score, settings, { ...nodeEnvironment(), pool });
}

const withScores = (accuracies: CellSource, scores: ScoredCells | undefined): CellSource =>
  scores
    ? { ...accuracies, ...scores, identity: { ...accuracies.identity, ...scores.identity } }
    : accuracies;

function accuraciesOf(flags: SearchFlags): CellSource {
  const { accuracies } = flags;
  if (accuracies !== undefined) {
    const column = required(flags, 'column', 'say which column holds accuracies');
    return accuracyTable(readInput(accuracies).toString(), accuracies, column);
  }
  const named = (name: string) => ({ name, images: openData(name, flags) });
  const data = required(flags, 'data', 'cells are trained on images, or looked up in `accuracies`');
  const test = required(flags, 'testData', 'cells are compared on images to test with');
  const chosen = choosePreprocessing(statedOf(flags, data));
  return trainedCells(setsOf(named(data), named(test), chosen), flags, nodeEnvironment().runtime);
}

const statedOf = (flags: SearchFlags, data: string) =>
  statedPreprocessing(data, { ...flags, layout: 'NCHW' });

function required(flags: SearchFlags, name: 'data' | 'testData' | 'column', why: string): string {
  const value = flags[name];
  if (value !== undefined) return value;
  throw new OptionError(name, why);
}

const summary = ({ visits, best, accuracy }: SearchResult, out: string): string =>
  `${visits.length} cell(s), best ${best.cell}: ${accuracy} ${best.accuracy.toFixed(2)} %, written to ${out}\n`;
