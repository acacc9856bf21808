import type { Random } from '@nads/linalg';
import { allocateWeights, drawWeights, parseInit, type Draw, type Init } from '@nads/onnx';
import { float32, type Values } from '@nads/runtime';
import type { DrawnModel } from '../plan/subnetwork.js';

/** Weights of networks and of pieces of them: one array for each weight, by name, that every draw overwrites. */
export class DrawnWeights {
  private readonly init: Init;
  private readonly arrays = new Map<string, Float32Array>();

  /** @param init as `parseInit` reads it. */
  constructor(init: string) {
    this.init = parseInit(init);
  }

  /** Draws all weights of a model. */
  draw({ draws }: DrawnModel, random: Random): void {
    const missing = draws.filter(({ name }) => !this.arrays.has(name));
    for (const [name, array] of allocateWeights(missing)) this.arrays.set(name, array);
    drawWeights(draws, this.init, random, this.arrays);
  }

  /** The weights that were drawn last, as the external data that the model refers to. */
  externalData({ draws }: DrawnModel): ReadonlyMap<string, Uint8Array> {
    const bytes = ({ name }: Draw) => new Uint8Array(this.arrays.get(name)!.buffer);
    return new Map(draws.map(draw => [draw.name, bytes(draw)]));
  }

  /** The same as inputs of the model. */
  values({ draws }: DrawnModel): Values {
    const value = ({ name, dims }: Draw) => float32(this.arrays.get(name)!, dims);
    return Object.fromEntries(draws.map(draw => [draw.name, value(draw)]));
  }
}
