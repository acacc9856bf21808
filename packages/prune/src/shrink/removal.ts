import type { AxisOf, Inference } from '@nads/onnx';
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
    const gone = this.removed.get(value)?.get(axis);
    const all = Array.from({ length: this.sizeOf(value, axis) }, (_, place) => place);
    return gone ? all.filter(place => !gone.has(place)) : all;
  }

  /** An axis that no place is left of; undefined where there is none. */
  emptied(): AxisOf | undefined {
    for (const [value, axes] of this.removed)
      for (const axis of axes.keys()) if (this.left(value, axis) === 0) return [value, axis];
    return undefined;
  }

  /** Dims that a value has afterwards. @param dims as they were. */
  keptDims(value: string): number[] {
    return this.inference.get(value)!.dims!.map((_, axis) => this.left(value, axis));
  }

  /** The places that are removed of each axis that loses some. */
  gone(value: string): ReadonlyMap<number, ReadonlySet<number>> {
    return this.removed.get(value) ?? new Map<number, ReadonlySet<number>>();
  }

  /** How many places of an axis are left. */
  private left(value: string, axis: number): number {
    return this.sizeOf(value, axis) - (this.removed.get(value)?.get(axis)?.size ?? 0);
  }

  private sizeOf(value: string, axis: number): number {
    return this.inference.get(value)?.dims?.[axis] ?? 0;
  }

  private along(value: string, axis: number): Set<number> {
    const axes = this.removed.get(value) ?? new Map<number, Set<number>>();
    this.removed.set(value, axes);
    const places = axes.get(axis) ?? new Set<number>();
    axes.set(axis, places);
    return places;
  }
}
