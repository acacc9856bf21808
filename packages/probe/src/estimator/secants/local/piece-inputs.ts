import type { BoxMemory } from '@nads/linalg';
import { float32, type Values } from '@nads/runtime';
import type { LocalPiece, LocalPlan } from '../../plan/local/local-plan.js';
import type { Boxes, Places } from './boxes.js';
import { Crops } from './crops.js';
import { paddedMap } from './padded-map.js';

/** Values of maps at x₀ by name, each [C, H, W]. */
export type Maps = ReadonlyMap<string, Float32Array>;

/** What a piece of a network takes around one point. */
export class PieceInputs {
  private readonly memory: BoxMemory;
  private readonly crops: readonly { name: string; value: string; crops: Crops }[];

  /** @param space height and width of the maps that it gives. */
  constructor(
    memory: BoxMemory,
    { maps }: Pick<LocalPlan, 'maps'>,
    piece: LocalPiece,
    atPoint: Maps,
    space: readonly [number, number],
  ) {
    this.memory = memory;
    this.crops = piece.crops.map(crop => {
      const { name, value, spans } = crop;
      const map = paddedMap(memory, atPoint.get(value)!, maps[value], crop, space);
      return { name, value, crops: new Crops(memory, map, spans) };
    });
  }

  /**
   * Its inputs for boxes of what it gives, as views of memory that is in use no more: what reserves some next overwrites them.
   * @param boxes what differs in the maps that it takes, by name.
   */
  take(places: Places, boxes: ReadonlyMap<string, Boxes>): Values {
    const { memory } = this;
    const { used } = memory;
    const all = this.crops.map(
      ({ name, value, crops }) => [name, crops.take(places, boxes.get(value))] as const,
    );
    memory.release(used);
    // no view before all parts are there, since the memory may have grown meanwhile
    const views = all.map(([name, { at, dims }]) => {
      const size = dims.reduce((a, b) => a * b, 1);
      return [name, float32(memory.numbers.subarray(at, at + size), dims)] as const;
    });
    return Object.fromEntries(views);
  }
}
