import type { AxisOf, Inference, Keys } from '@nads/onnx';

/** The places along all axes of all values, in sets of those that can only be removed together (disjoint-set forest). */
export class Places {
  /** The first place of every axis of a value. */
  private readonly starts = new Map<string, readonly number[]>();
  private readonly dims = new Map<string, readonly number[]>();
  private readonly parent: Int32Array;

  constructor(inference: Inference) {
    let count = 0;
    for (const [name, { dims }] of inference)
      if (dims) {
        this.dims.set(name, dims);
        this.starts.set(
          name,
          dims.map((_, axis) => count + sum(dims.slice(0, axis))),
        );
        count += sum(dims);
      }
    this.parent = Int32Array.from({ length: count }, (_, i) => i);
  }

  /** Whether the places of a value are known. */
  has(value: string): boolean {
    return this.starts.has(value);
  }

  /** The place that stands for the set that a place is in. */
  find(place: number): number {
    const { parent } = this;
    while (parent[place] !== place) {
      parent[place] = parent[parent[place]];
      place = parent[place];
    }
    return place;
  }

  /** All places of an axis. */
  of([value, axis]: AxisOf): number[] {
    const start = this.starts.get(value)?.[axis];
    const size = this.dims.get(value)?.[axis] ?? 0;
    return start === undefined ? [] : Array.from({ length: size }, (_, i) => start + i);
  }

  /** Makes one set of all places of two axes that have the same key. */
  tie(a: AxisOf, b: AxisOf, keysOfA: Keys = same, keysOfB: Keys = same): void {
    const first = new Map<number, number>();
    const add = (places: readonly number[], keys: Keys): void =>
      places.forEach((place, i) => {
        const key = keys(i);
        if (key === undefined) return;
        const other = first.get(key);
        if (other === undefined) first.set(key, place);
        else this.parent[this.find(place)] = this.find(other);
      });
    add(this.of(a), keysOfA);
    add(this.of(b), keysOfB);
  }

  /** Every axis of every value. */
  axes(): AxisOf[] {
    return [...this.dims].flatMap(([value, dims]) => dims.map((_, axis) => [value, axis] as const));
  }
}

const same: Keys = place => place;

const sum = (sizes: readonly number[]): number => sizes.reduce((a, b) => a + b, 0);
