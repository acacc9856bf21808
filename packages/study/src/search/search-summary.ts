import * as z from 'zod/mini';
import { parseJson } from '../parse-json.js';
import type { SearchResult } from './search.js';

/** The file of a store that says what the cells beside it were searched by. */
export const summaryFile = 'search.json';

/** What search.json holds. */
export const searchSchema = z.looseObject({
  format: z.literal('search'),
  version: z.int(),
  settings: z.looseObject({
    method: z.enum(['random', 'rea', 'area']),
    budget: z.int(),
    score: z.optional(z.string()),
    population: z.int(),
    tournament: z.int(),
    seed: z.number(),
  }),
  /** What accuracies are called, as in 'cifar10_valid_12'. */
  accuracy: z.string(),
});

/** What search.json holds. */
export type SearchSummary = z.infer<typeof searchSchema>;

/** @throws naming the file and the invalid field */
export const parseSearchSummary = (name: string, text: string): SearchSummary =>
  parseJson(name, text, searchSchema, 1);

/** What search.json says of a search. */
export function searchSummary({ settings, accuracy }: SearchResult): SearchSummary {
  const { method, budget, score, population, tournament, seed } = settings;
  const chosen = { method, budget, ...(score && { score }), population, tournament, seed };
  return { format: 'search', version: 1, settings: chosen, accuracy };
}
