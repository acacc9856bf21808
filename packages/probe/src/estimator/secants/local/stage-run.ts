import type { BoxMemory } from '@nads/linalg';
import type { Range } from '@nads/onnx';
import type { Session } from '@nads/runtime';
import { largestRange } from '../../plan/local/largest-range.js';
import type { LocalPlan, LocalStage } from '../../plan/local/local-plan.js';
import type { Boxes, Places } from './boxes.js';
import { PieceInputs, type Maps } from './piece-inputs.js';

/** A stage of a network around one point. */
export class StageRun {
  private readonly memory: BoxMemory;
  private readonly stage: LocalStage;
  private readonly session: Session;
  private readonly inputs: PieceInputs;
  /** Height and width of its outputs. */
  private readonly space: readonly [number, number];

  constructor(
    memory: BoxMemory,
    plan: LocalPlan,
    stage: LocalStage,
    session: Session,
    atPoint: Maps,
  ) {
    const [, ...space] = plan.maps[stage.outputs[0]];
    this.memory = memory;
    this.stage = stage;
    this.session = session;
    this.space = space;
    this.inputs = new PieceInputs(memory, plan, stage, atPoint, space);
  }

  /** The outputs at the point. */
  async atPoint(): Promise<Maps> {
    const [height, width] = this.space;
    const [tops, lefts] = [new Int32Array(1), new Int32Array(1)];
    const inputs = this.inputs.take({ height, width, tops, lefts }, new Map());
    const outputs = await this.session.run(inputs);
    return new Map(this.stage.outputs.map(name => [name, outputs[name].data as Float32Array]));
  }

  /**
   * What differs in the outputs, by name, in memory that stays in use.
   * @param images in which boxes of the images there are differences.
   * @param boxes what differs in the maps that it takes, by name.
   */
  async boxes(
    images: Places,
    boxes: ReadonlyMap<string, Boxes>,
  ): Promise<ReadonlyMap<string, Boxes>> {
    const places = this.placesOf(images);
    const outputs = await this.session.run(this.inputs.take(places, boxes));
    const kept = this.stage.outputs.map(name => {
      const at = this.keep(outputs[name].data as Float32Array);
      return [name, { ...places, at }] as const;
    });
    this.session.discard?.(outputs);
    return new Map(kept);
  }

  /** Where the outputs differ. */
  private placesOf(images: Places): Places {
    const { rows, columns } = this.stage;
    const [down, across] = [
      placed(images.tops, rows, this.space[0]),
      placed(images.lefts, columns, this.space[1]),
    ];
    return { height: down.size, width: across.size, tops: down.firsts, lefts: across.firsts };
  }

  /** Puts numbers into the memory, and says where. */
  private keep(data: Float32Array): number {
    const at = this.memory.reserve(data.length);
    this.memory.numbers.set(data, at);
    return at;
  }
}

/** Ranges of one size that hold those of each image, along an axis of so many places. */
function placed(places: Int32Array, ranges: readonly Range[], length: number) {
  const size = largestRange(ranges, places);
  const firsts = places.map(place => Math.min(ranges[place].first, length - size));
  return { size, firsts };
}
