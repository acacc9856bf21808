import { OptionError, Random } from '@nads/linalg';
import type { ScoreName } from '@nads/score';
import type { Environment } from '../environment.js';
import type { Identity } from '../identity.js';
import { requireAtMost } from '../require-at-most.js';
import { requireWhole } from '../require-whole.js';
import { unlessAborted } from '../unless-aborted.js';
import { withDefaults } from '../with-defaults.js';
import { searchCells, type SearchMethod, type Visit } from './search-cells.js';
import { SearchJournal } from './search-journal.js';
import { SearchSpace } from './search-space.js';

/** Settings of a search. */
export interface SearchSettings {
  /** `area` if not given. */
  readonly method?: SearchMethod;
  /** Cells whose accuracy is asked for; 100, or all that there are, if not given. */
  readonly budget?: number;
  /** By which cells are chosen without training; area needs one. */
  readonly score?: ScoreName;
  /** Members of the population of evolution; 10 if not given. */
  readonly population?: number;
  /** Members of which the best is changed; 3 if not given. */
  readonly tournament?: number;
  /** 0 if not given. */
  readonly seed?: number;
}

type Defaults = Required<
  Pick<SearchSettings, 'method' | 'budget' | 'population' | 'tournament' | 'seed'>
>;

const defaults: Defaults = { method: 'area', budget: 100, population: 10, tournament: 3, seed: 0 };

/** Where accuracies and scores of cells come from. */
export interface CellSource {
  /** Cells that may be visited; all if not given. */
  readonly cells?: readonly string[];
  /** Accuracy in %, looked up or of a training. */
  readonly accuracyOf: (cell: string, signal?: AbortSignal) => Promise<number>;
  /** Where cells are chosen by a score. */
  readonly scoreOf?: (cell: string, signal?: AbortSignal) => Promise<number>;
  /** Cells that are scored at a time; 1 if not given. */
  readonly atOnce?: number;
  /** What accuracies are called in results, as in 'cifar10_valid_12'. */
  readonly accuracy: string;
  /** All that decides accuracies and scores. */
  readonly identity: Identity;
}

/** What a search has found. */
export interface SearchResult {
  readonly settings: SearchSettings & Defaults;
  readonly accuracy: string;
  /** In order. */
  readonly visits: readonly Visit[];
  /** The first of the highest accuracy. */
  readonly best: Visit;
}

/**
 * Searches NAS-Bench-201 for a cell of high accuracy. What is found out is kept in journal.jsonl of the store: the same search run again
 * goes on where it was.
 * @throws the signal's reason once it is aborted; OptionError for options that do not fit; where the journal belongs to another search
 */
export async function search(
  source: CellSource,
  given: SearchSettings,
  { store, signal, onProgress }: Pick<Environment, 'store' | 'signal' | 'onProgress'>,
): Promise<SearchResult> {
  const settings = searchSettings(given);
  const space = new SearchSpace(source.cells);
  requireAtMost('budget', given.budget, { most: space.cells.length, what: 'cells' });
  const { seed, ...options } = settings;
  await store?.ready();
  const journal = await SearchJournal.open(store, identityOf(settings, source));
  let done = 0;
  const accuracyOf = async (cell: string): Promise<number> => {
    signal?.throwIfAborted();
    const accuracy = await journal.of('accuracy', cell, () => source.accuracyOf(cell, signal));
    onProgress?.({ unit: 'cells', done: ++done, total: settings.budget });
    return accuracy;
  };
  const scoreOf = async (cell: string): Promise<number> => {
    signal?.throwIfAborted();
    return journal.of('score', cell, () => source.scoreOf!(cell, signal));
  };
  const found = await unlessAborted(signal, () =>
    searchCells({
      ...options,
      space,
      random: new Random(seed),
      accuracyOf,
      ...(settings.score !== undefined && { scoreOf, atOnce: source.atOnce }),
    }),
  );
  if (!found) throw signal!.reason;
  const best = found.reduce((a, b) => (b.accuracy > a.accuracy ? b : a));
  return { settings, accuracy: source.accuracy, visits: found, best };
}

/** Settings of a search alone, whatever else came with them. */
function searchSettings(given: SearchSettings): SearchResult['settings'] {
  const { method, budget, score, population, tournament, seed } = withDefaults(defaults, given);
  requireWhole({ budget, population, tournament });
  if (method === 'area' && score === undefined)
    throw new OptionError('score', 'area begins with the cells of the highest score; give one');
  if (method === 'rea' && score !== undefined)
    throw new OptionError('score', "rea uses none; set `method` to 'area', or leave it out");
  if (tournament > population)
    throw new OptionError('tournament', `it is drawn from a population of ${population}`);
  return { method, budget, score, population, tournament, seed };
}

const identityOf = (settings: SearchResult['settings'], source: CellSource): Identity => ({
  ...settings,
  score: settings.score ?? null,
  accuracy: source.accuracy,
  ...source.identity,
});
