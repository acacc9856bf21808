import { overlapWithin } from './overlap-between.js';
import type { MemberSummary } from './atlas-summary.js';
import type { Gathered } from './gathered.js';
import type { MemberEstimate } from './member-estimate.js';
import type { OverlapTable } from './overlap-table.js';

/** What all members together say of one. */
interface Context {
  readonly numbers: MemberSummary['numbers'];
  readonly alone: string | undefined;
  readonly tables: readonly OverlapTable[];
}

/** What atlas.json says of a member. */
export function memberSummary(
  { architecture, estimates }: Gathered,
  { numbers, alone, tables }: Context,
): MemberSummary {
  const [{ summary, image }, { summary: second }] = estimates;
  return {
    ...architecture,
    sha256: summary.model.sha256,
    producer: `${summary.model.producer} ${summary.model.producer_version}`.trim(),
    seeds: [summary.settings.seed, second.settings.seed],
    init: summary.settings.init,
    directions: { channels: image.channels, height: image.height, width: image.width },
    searched: summary.directions.probed,
    kept: summary.kept?.length ?? 0,
    ...(alone !== undefined && { alone }),
    numbers,
    above_noise: bothOf(estimates, one => one.aboveNoise),
    symmetries: (summary.symmetry?.derived ?? []).map(({ relabelling, holds, reason }) => ({
      relabelling,
      holds,
      reason,
    })),
    subspaces: tables.flatMap(table => subspaceOf(estimates, table)),
  };
}

/** As JSON has it: null where the error is not known. */
export const known = ({ value, error }: { readonly value: number; readonly error: number }) => ({
  value,
  error: Number.isFinite(error) ? error : null,
});

/** Of members that are compared with no others too, as long as they have so many directions. */
function subspaceOf(
  estimates: Gathered['estimates'],
  { top, factor }: OverlapTable,
): MemberSummary['subspaces'] {
  const twins = bothOf(estimates, ({ subspaces }) => subspaces.get(top));
  if (!twins) return [];
  const { overlap, predicted } = overlapWithin(twins);
  const [first, second] = twins.map(({ halfSplitOverlap }) => halfSplitOverlap ?? null);
  return [
    {
      top,
      within: known({ value: overlap, error: factor * predicted }),
      halves: [first, second],
    },
  ];
}

function bothOf<T>(
  [a, b]: Gathered['estimates'],
  of: (estimate: MemberEstimate) => T | undefined,
): [T, T] | null {
  const [first, second] = [of(a), of(b)];
  return first === undefined || second === undefined ? null : [first, second];
}
