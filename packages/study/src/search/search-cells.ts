import type { Random } from '@nads/linalg';
import { inTurns } from '../in-turns.js';
import type { SearchSpace } from './search-space.js';

/** How cells are searched. */
export type SearchMethod = 'random' | 'rea' | 'area';

/** A search. */
export interface CellSearch {
  readonly method: SearchMethod;
  /** Cells whose accuracy is asked for, at most; of random search with a score cells that are scored. */
  readonly budget: number;
  readonly space: SearchSpace;
  readonly random: Random;
  /** Cells of the population of evolution; AREA scores twice as many to begin with. */
  readonly population: number;
  /** Members of the population of which the best is changed. */
  readonly tournament: number;
  readonly accuracyOf: (cell: string) => Promise<number>;
  /** Scores that need no training; AREA and random search with a score need them. */
  readonly scoreOf?: (cell: string) => Promise<number>;
  /** Cells that are scored at a time; 1 if not given. */
  readonly atOnce?: number;
}

/** A cell that was trained or looked up. */
export interface Visit {
  readonly cell: string;
  readonly accuracy: number;
  /** The cell that it was made from by one change. */
  readonly parent?: string;
}

/**
 * The cells that a search visits, in order.
 *
 * - random: different cells at random; with a score only the one of the highest score of so many is visited (NASWOT, Mellor et al. 2021).
 * - rea: regularised evolution (Real et al. 2019): a population of random cells; again and again the best of a few members is changed in
 *   one operation and takes the place of the oldest.
 * - area: the same, beginning with those of the highest score among twice as many (Mellor et al. 2021).
 *
 * Evolution visits no cell twice: it changes to a neighbour that is new, and where there is none draws a new cell.
 */
export async function searchCells(search: CellSearch): Promise<Visit[]> {
  const visits: Visit[] = [];
  for (const cell of await firstCells(search))
    visits.push({ cell, accuracy: await search.accuracyOf(cell) });
  if (search.method === 'random') return visits;
  const most = Math.min(search.budget, search.space.cells.length);
  while (visits.length < most) visits.push(await evolve(visits, search));
  return visits;
}

async function firstCells(search: CellSearch): Promise<string[]> {
  const { method, budget, population, space, random, scoreOf } = search;
  const start = random.fork('start');
  if (method === 'random' && !scoreOf) return space.draw(budget, start);
  if (method === 'random') return highest(space.draw(budget, start), 1, search);
  const size = Math.min(population, budget);
  if (method === 'rea') return space.draw(size, start);
  return highest(space.draw(2 * population, start), size, search);
}

/** The cells of the highest scores, highest first; equal ones in their order. */
async function highest(
  cells: readonly string[],
  count: number,
  { scoreOf, atOnce = 1 }: Pick<CellSearch, 'atOnce' | 'scoreOf'>,
): Promise<string[]> {
  const scores = new Map<string, number>();
  await inTurns(cells, atOnce, async cell => void scores.set(cell, await scoreOf!(cell)));
  const scored = cells.map(cell => ({ cell, score: scores.get(cell)! }));
  const order = scored.toSorted((a, b) => Number(b.score > a.score) - Number(b.score < a.score));
  return order.slice(0, count).map(({ cell }) => cell);
}

/** The next cell of regularised evolution: the population are the last ones that were visited. */
async function evolve(visits: readonly Visit[], search: CellSearch): Promise<Visit> {
  const { space, population, tournament, accuracyOf } = search;
  const random = search.random.fork(visits.length);
  const members = visits.slice(-population);
  const drawn = Array.from(random.permutation(members.length).subarray(0, tournament));
  const parent = drawn
    .map(i => members[i])
    .reduce((a, b) => (b.accuracy > a.accuracy ? b : a)).cell;
  const seen = new Set(visits.map(({ cell }) => cell));
  const fresh = space.neighbours(parent).filter(cell => !seen.has(cell));
  if (fresh.length > 0) {
    const cell = fresh[random.int(fresh.length)];
    return { cell, parent, accuracy: await accuracyOf(cell) };
  }
  const left = space.cells.filter(cell => !seen.has(cell));
  const cell = left[random.int(left.length)];
  return { cell, accuracy: await accuracyOf(cell) };
}
