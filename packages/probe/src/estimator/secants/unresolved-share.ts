import type { Session } from '@nads/runtime';
import { alongSome } from '../plan/along-some.js';
import type { Probing } from './probing.js';
import { responses } from './responses.js';

/** The most secants that are looked at. */
const most = 32;

/** Half a unit in the last place of float32, relative. */
const resolution = 2 ** -24;

/**
 * Of some secants all over the basis the share that float32 cannot resolve: ‖f(x₀ + h·d) − f(x₀ − h·d)‖ is below
 * 2⁻²⁴·‖f(x₀ + h·d)‖, so that what is found is rounding or nothing. Outputs that are zero do not count.
 */
export async function unresolvedShare(session: Session, probing: Probing): Promise<number> {
  const { size } = probing.basis;
  const count = Math.min(most, size);
  const some = Uint32Array.from({ length: count }, (_, i) =>
    Math.floor(((i + 0.5) * size) / count),
  );
  const basis = alongSome(probing.basis, some);
  const values = await responses(session, { ...probing, basis });
  const features = values.length / (2 * count);
  let unresolved = 0;
  for (let pair = 0; pair < values.length; pair += 2 * features)
    if (isUnresolved(values.subarray(pair, pair + 2 * features))) unresolved++;
  return unresolved / count;
}

/** @param pair outputs at both probes of a direction */
function isUnresolved(pair: Float32Array): boolean {
  const half = pair.length / 2;
  let [change, size] = [0, 0];
  for (let k = 0; k < half; k++) {
    change += (pair[k] - pair[half + k]) ** 2;
    size += pair[k] ** 2;
  }
  return change < resolution ** 2 * size;
}
