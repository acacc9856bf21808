import type { BoxMemory } from '@nads/linalg';
import { lengthOf, type Spans } from '@nads/onnx';
import type { Boxes, Places } from './boxes.js';
import type { Part } from './overlap.js';
import type { PaddedMap } from './padded-map.js';
import { paste } from './paste.js';

/** Parts of a map of one size, one for each image of a batch. */
export interface Parts {
  /** Their place in a memory. */
  readonly at: number;
  /** [n, C, height, width]. */
  readonly dims: readonly [number, number, number, number];
}

/** The parts of a map that boxes of other maps depend on. */
export class Crops {
  private readonly memory: BoxMemory;
  private readonly map: PaddedMap;
  private readonly spans: Spans;

  constructor(memory: BoxMemory, map: PaddedMap, spans: Spans) {
    this.memory = memory;
    this.map = map;
    this.spans = spans;
  }

  /**
   * What boxes at these places of other maps depend on, written into the memory.
   * @param boxes what differs from the map; nothing if not given.
   */
  take(places: Places, boxes?: Boxes): Parts {
    const { memory, map } = this;
    const [rows, columns] = this.spans;
    const height = lengthOf(rows, places.height);
    const width = lengthOf(columns, places.width);
    const count = places.tops.length;
    const size = map.channels * height * width;
    const at = memory.reserve(count * size);
    for (let i = 0; i < count; i++) {
      const top = rows.scale * places.tops[i] + rows.shift;
      const left = columns.scale * places.lefts[i] + columns.shift;
      const part = { top, left, height, width };
      this.cut(part, at + i * size);
      if (boxes) paste(memory, boxes, i, part, map.channels, at + i * size);
    }
    return { at, dims: [count, map.channels, height, width] };
  }

  /** Writes a part of the map as it is at x₀. */
  private cut({ top, left, height, width }: Part, to: number): void {
    const { map } = this;
    this.memory.copy({
      channels: map.channels,
      rows: height,
      columns: width,
      from: map.at + (map.top + top) * map.width + map.left + left,
      fromChannel: map.height * map.width,
      fromRow: map.width,
      to,
      toChannel: height * width,
      toRow: width,
    });
  }
}
