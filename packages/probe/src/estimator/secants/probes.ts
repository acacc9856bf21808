import { float32, type Values } from '@nads/runtime';
import { ProbeBatch } from './probe-batch.js';
import type { Probing } from './probing.js';

/** The inputs of a probe's runs, each of which is overwritten by the next. */
export function* probes({ binding, basis, point, step }: Probing): Generator<Values> {
  const batch = new ProbeBatch(basis, point, step, binding);
  for (let first = 0; first < basis.size; first += batch.directions) {
    batch.fill(first);
    for (const images of batch.runs) yield { [binding.input]: float32(images, batch.dims) };
  }
}
