import { getInt } from '../attribute.js';
import type { Application } from './application.js';
import { integersOf } from './integers-of.js';
import { normaliseAxis } from './normalise-axis.js';
import { indices } from './offsets.js';

/** Axes that a reduction takes away: all of them, unless it names some or says that none means none. */
export function reducedAxes(application: Application, rank: number): number[] {
  const named = integersOf(application, 'axes', 1) ?? [];
  if (named.length > 0) return named.map(axis => normaliseAxis(axis, rank));
  return getInt(application.node, 'noop_with_empty_axes', 0) === 1 ? [] : indices(rank);
}

/** Dims without the reduced axes, or with these at size 1. */
export function reducedDims(
  dims: readonly number[],
  axes: readonly number[],
  keep: boolean,
): number[] {
  if (keep) return dims.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return dims.filter((_, axis) => !axes.includes(axis));
}
