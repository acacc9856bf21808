import type { NadsResult } from '../estimate/nads-codec.js';

/** What the networks of a result were asked, in words; undefined where no summary says so. */
export function probeOf({ summary }: NadsResult): string | undefined {
  if (!summary) return undefined;
  const { probe, step } = summary.settings;
  if (probe === 'gradient') return 'exact gradients';
  return probe === 'mixed' ? 'mixed derivative' : `secants of step ${step}`;
}
