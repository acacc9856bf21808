import { savedContext, type SavedContext } from '../plot/saved-context.js';
import type { Store } from '../store.js';
import { overlapMatrix, type OverlapMatrix } from './overlap-matrix.js';
import { reportedResult, type ReportedResult } from './reported-result.js';

/** What a report is to show. */
export interface ReportSettings {
  /** Dimensions of the subspaces that are compared; 10 if not given. */
  readonly top?: readonly number[];
}

/** A folder that cannot be shown. */
export interface ReportFailure {
  readonly name: string;
  /** Names the file. */
  readonly message: string;
}

/** Results of any studies, to be shown beside each other. */
export interface Report {
  readonly results: readonly ReportedResult[];
  /** What could not be read. */
  readonly failures: readonly ReportFailure[];
  /** Of two and more results with NADs, for each k. */
  readonly overlaps: readonly OverlapMatrix[];
  /** Dimensions at which no two results with NADs can be compared: too few directions, or of different sizes. */
  readonly left: readonly number[];
}

/**
 * Reads the results that stores hold. One that cannot be read does not stop the others.
 * @throws where none can be read
 */
export async function report(
  stores: readonly Store[],
  { top = [10] }: ReportSettings = {},
  given: SavedContext = {},
): Promise<Report> {
  const results: ReportedResult[] = [];
  const failures: ReportFailure[] = [];
  for (const store of stores)
    try {
      results.push(await reportedResult(store, savedContext(given)));
    } catch (error) {
      failures.push({ name: store.name, message: (error as Error).message });
    }
  if (results.length === 0) throw new Error(failures.map(({ message }) => message).join('; '));
  return { results, failures, ...overlapsOf(results, top) };
}

function overlapsOf(
  results: readonly ReportedResult[],
  tops: readonly number[],
): Pick<Report, 'left' | 'overlaps'> {
  const found = results.flatMap(({ nads }) => nads ?? []);
  if (found.length < 2) return { overlaps: [], left: [] };
  const all = tops.map(k => overlapMatrix(found, k));
  const isEmpty = ({ names }: OverlapMatrix): boolean => names.length < 2;
  return {
    overlaps: all.filter(matrix => !isEmpty(matrix)),
    left: all.filter(isEmpty).map(({ top }) => top),
  };
}
