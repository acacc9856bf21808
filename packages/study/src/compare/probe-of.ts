import type { NadsResult } from '../estimate/nads-codec.js';

/** How the networks of a result were probed, in words; undefined without a summary. */
export function probeOf({ summary }: NadsResult): string | undefined {
  if (!summary) return undefined;
  const { probe, step } = summary.settings;
  if (probe === 'gradient') return 'exact gradients';
  return probe === 'mixed' ? 'mixed derivative' : `secants of step ${step}`;
}
