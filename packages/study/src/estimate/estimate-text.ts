import { fewestForStability } from '@nads/probe';
import type { NadsSummary } from './nads-summary.js';
import { searchedDimension } from './searched-dimension.js';

/** Eigenvalues that are named. */
const mostNamed = 5;

/**
 * What came of an estimate, a few lines for people: leading eigenvalues, how many NADs are distinguishable from noise, how well the leading
 * subspace is known.
 */
export function estimateText(
  summary: NadsSummary,
  eigenvalues: ArrayLike<number>,
  standardErrors: ArrayLike<number>,
): string[] {
  const { networks, stability, noise_floor: floor, directions, settings } = summary;
  const named = Array.from({ length: Math.min(mostNamed, eigenvalues.length) }, (_, i) =>
    withError(eigenvalues[i], standardErrors[i]),
  );
  return [
    `eigenvalues  ${named.join(', ')}${eigenvalues.length > named.length ? ', …' : ''}`,
    floor
      ? `NADs         ${isCutOff(summary, floor.index) ? 'at least ' : ''}${floor.index} of ${searchedDimension(summary)} above the noise floor of ${floor.upper.toExponential(2)}`
      : `NADs         ${directions.saved}; the noise floor is not known from ${networks} network(s)`,
    ...overlapLines(stability, networks, Number(settings.top ?? 10)),
  ];
}

/** Whether all that were found are above the noise floor, and not all were sought. */
const isCutOff = (summary: NadsSummary, resolved: number): boolean =>
  resolved >= summary.directions.saved && resolved < searchedDimension(summary);

const withError = (value: number, error: number): string =>
  `${value.toExponential(2)}${Number.isFinite(error) ? ` ± ${error.toExponential(0)}` : ''}`;

function overlapLines(
  stability: NadsSummary['stability'],
  networks: number,
  top: number,
): string[] {
  if (!stability) return [];
  const tops = Object.keys(stability.half_split_overlap).map(Number);
  const shown = tops.findLast(k => k <= top) ?? tops[0];
  if (shown === undefined && networks < fewestForStability)
    return [`overlap      not known from fewer than ${fewestForStability} networks`];
  if (shown === undefined) return [];
  const [half, predicted] = [stability.half_split_overlap, stability.predicted_overlap].map(
    overlaps => overlaps[shown],
  );
  const expected = Number.isFinite(predicted)
    ? `, predicted with the true subspace ${predicted.toFixed(3)}`
    : '';
  return [
    `overlap      of the first ${shown} in two halves of the networks ${half?.toFixed(3)}${expected}`,
  ];
}
