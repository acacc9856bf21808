import { getInt } from '../attribute.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';
import type { Coupling } from './coupling-rule.js';

/** Ties a value to parts of it that lie one after the other along the node's axis. */
export function joined(
  coupling: Coupling,
  whole: string,
  parts: readonly string[],
  axisByDefault: number,
): void {
  const { node, dims, tie } = coupling;
  const along = normaliseAxis(getInt(node, 'axis', axisByDefault), dims(whole).length);
  let start = 0;
  for (const part of parts) {
    const first = start;
    dims(part).forEach((_, axis) => {
      const shift = axis === along ? first : 0;
      tie([part, axis], [whole, axis], place => place + shift);
    });
    start += dims(part)[along];
  }
}
