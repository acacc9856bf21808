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
  let check = 0; // becomes NaN where one is not finite, and stays so
  for (let plus = 0, at = 0; plus < values.length; plus += 2 * features)
    for (let k = 0; k < features; k++) {
      const difference = (values[plus + k] - values[plus + features + k]) * scale;
      check += difference - difference;
      out[at++] = difference;
    }
  if (check !== 0) throw notFinite(values, features, step);
}

/** What is wrong with the first difference that is not finite. */
function notFinite(values: Float32Array, features: number, step: number): NotFinite {
  const first = values.findIndex((value, i) => {
    const isPlus = Math.floor(i / features) % 2 === 0;
    return isPlus && !Number.isFinite((value - values[i + features]) / (2 * step));
  });
  return new NotFinite(values[first] - values[first + features], probeFailed(step));
}
