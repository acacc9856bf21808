import { NotFinite } from '../../not-finite/not-finite.js';
import { probeFailed } from './probe-failed.js';

/**
 * Differences of neighbouring rows over 2h.
 * @param values [2n × features], f(x₀ + h·d) and f(x₀ − h·d) in turn; @param out [n × features].
 * @throws NotFinite where a difference is not finite.
 */
export function differences(
  values: Float32Array,
  features: number,
  step: number,
  out: Float32Array,
): void {
  const scale = 1 / (2 * step);
  for (let plus = 0, at = 0; plus < values.length; plus += 2 * features)
    for (let k = 0; k < features; k++) {
      const difference = (values[plus + k] - values[plus + features + k]) * scale;
      if (!Number.isFinite(difference))
        throw new NotFinite(values[plus + k] - values[plus + features + k], probeFailed(step));
      out[at++] = difference;
    }
}
