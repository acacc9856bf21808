import {
  estimateFiles,
  estimateSummary,
  estimateText,
  type Estimate,
  type Store,
} from '@nads/study';
import { show, type ShowFlags } from '../terminal/show.js';
import { warn } from '../terminal/say.js';

/** Writes a result, all of its files or none, and prints what it says. */
export async function writeEstimate(
  store: Store,
  result: Estimate,
  flags: ShowFlags,
): Promise<void> {
  await store.write(estimateFiles(result, warn));
  const { eigenvalues, standardErrors } = result.directions;
  const summary = estimateSummary(result);
  show(flags, estimateText(summary, eigenvalues, standardErrors), summary);
}
