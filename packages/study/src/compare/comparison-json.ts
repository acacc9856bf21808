import { degrees } from '@nads/linalg';
import type { NadsResult } from '../estimate/nads-codec.js';
import type { Comparison, SubspaceComparison } from './compare.js';
import { probeOf } from './probe-of.js';

/** A comparison as JSON, angles in degrees. */
export function comparisonJson(a: NadsResult, b: NadsResult, { subspaces }: Comparison): string {
  const byTop = <T>(of: (comparison: SubspaceComparison) => T) =>
    Object.fromEntries(subspaces.map(c => [c.top, of(c)]));
  const result = {
    a: a.name,
    b: b.name,
    probe: { a: probeOf(a) ?? null, b: probeOf(b) ?? null },
    overlap: byTop(c => c.overlap),
    principal_angles_degrees: byTop(c => c.principalAngles.map(degrees)),
    eigenvalues: { a: listed(a.eigenvalues), b: listed(b.eigenvalues) },
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}

const listed = (values: Float64Array | undefined): number[] | null => (values ? [...values] : null);
