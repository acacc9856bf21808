import type { Random } from '@nads/linalg';
import { allocateWeights, drawWeights, parseInit, type Init } from '@nads/onnx';
import type { Subnetwork } from '../plan/subnetwork.js';

/** Weights of subnetworks, in one set of arrays for each that every draw overwrites. */
export class DrawnWeights {
  private readonly init: Init;
  private readonly arrays = new Map<Subnetwork, Map<string, Float32Array>>();

  /** @param init as `parseInit` reads it. */
  constructor(init: string) {
    this.init = parseInit(init);
  }

  /** Draws all weights of a subnetwork. */
  draw(subnetwork: Subnetwork, random: Random): void {
    const weights = this.arrays.get(subnetwork) ?? allocateWeights(subnetwork.draws);
    this.arrays.set(subnetwork, weights);
    drawWeights(subnetwork.draws, this.init, random, weights);
  }

  /** The weights that were drawn last, as the external data that the subnetwork's model refers to. */
  externalData(subnetwork: Subnetwork): ReadonlyMap<string, Uint8Array> {
    const weights = [...(this.arrays.get(subnetwork) ?? [])];
    return new Map(weights.map(([name, { buffer }]) => [name, new Uint8Array(buffer)]));
  }
}
