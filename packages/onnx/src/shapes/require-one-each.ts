import { sizeOf } from '../tensor.js';
import type { Application } from './application.js';

/**
 * Asserts that inputs, where they are there and their dims are known, have one number for each channel: runtimes read that many.
 * @throws where one has more or fewer.
 */
export function requireOneEach(
  { inputs }: Application,
  places: readonly number[],
  channels: number,
): void {
  for (const place of places) {
    const dims = inputs[place]?.dims;
    if (dims && sizeOf(dims) !== channels)
      throw new Error(
        `input ${place} has dims [${dims}], expected [${channels}]: one for each channel`,
      );
  }
}
