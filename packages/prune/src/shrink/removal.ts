import type { Inference } from '@nads/onnx';
import type { Channel } from '../channels/channel-group.js';

/** Places of values that are removed. */
export class Removal {
  private readonly removed = new Map<string, Map<number, Set<number>>>();
  private readonly inference: Inference;

  constructor(inference: Inference, channels: readonly Channel[]) {
    this.inference = inference;
    for (const { parts } of channels)
      for (const { value, axis, indices } of parts) {
        const list = this.along(value, axis);
        for (const index of indices) list.add(index);
      }
  }

  /** Whether a value loses anything. */
  touches(value: string): boolean {
    return this.removed.has(value);
  }

  /** The places of an axis that are left, ascending. */
  kept(value: string, axis: number): number[] {
    const size = this.inference.get(value)?.dims?.[axis] ?? 0;
    const gone = this.removed.get(value)?.get(axis);
    const all = Array.from({ length: size }, (_, place) => place);
    return gone ? all.filter(place => !gone.has(place)) : all;
  }

  /** Dims that a value has afterwards. @param dims as they were. */
  keptDims(value: string): number[] {
    return this.inference.get(value)!.dims!.map((_, axis) => this.kept(value, axis).length);
  }

  /** The places that are removed of each axis that loses some. */
  gone(value: string): ReadonlyMap<number, ReadonlySet<number>> {
    return this.removed.get(value) ?? new Map<number, ReadonlySet<number>>();
  }

  private along(value: string, axis: number): Set<number> {
    const axes = this.removed.get(value) ?? new Map<number, Set<number>>();
    this.removed.set(value, axes);
    const places = axes.get(axis) ?? new Set<number>();
    axes.set(axis, places);
    return places;
  }
}
