import type { BoxMemory } from '@nads/linalg';
import type { Range } from '@nads/onnx';
import type { Session } from '@nads/runtime';
import { largestRange } from '../../plan/local/largest-range.js';
import type { LocalPlan, LocalStage } from '../../plan/local/local-plan.js';
import type { Boxes, Places } from './boxes.js';
import { PieceInputs, type Maps } from './piece-inputs.js';

/** A stage of a network around one point. */
export class StageRun {
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
    this.stage = stage;
    this.session = session;
    this.space = space;
    this.inputs = new PieceInputs(memory, plan, stage, atPoint, space);
  }

  /** The outputs at the point. */
  async atPoint(): Promise<Maps> {
    const [height, width] = this.space;
    const [tops, lefts] = [new Int32Array(1), new Int32Array(1)];
    const boxes = await this.run({ height, width, tops, lefts }, new Map());
    return new Map([...boxes].map(([name, { data }]) => [name, data]));
  }

  /**
   * What differs in the outputs, by name.
   * @param images in which boxes of the images there are differences.
   * @param boxes what differs in the maps that it takes, by name.
   */
  boxes(images: Places, boxes: ReadonlyMap<string, Boxes>): Promise<ReadonlyMap<string, Boxes>> {
    const { rows, columns } = this.stage;
    const [height, width] = this.space;
    const [down, across] = [
      placed(images.tops, rows, height),
      placed(images.lefts, columns, width),
    ];
    const places = {
      height: down.size,
      width: across.size,
      tops: down.firsts,
      lefts: across.firsts,
    };
    return this.run(places, boxes);
  }

  private async run(
    places: Places,
    boxes: ReadonlyMap<string, Boxes>,
  ): Promise<ReadonlyMap<string, Boxes>> {
    const outputs = await this.session.run(this.inputs.take(places, boxes));
    return new Map(
      this.stage.outputs.map(name => [
        name,
        { ...places, data: outputs[name].data as Float32Array },
      ]),
    );
  }
}

/** Ranges of one size that hold those of each image, along an axis of so many places. */
function placed(places: Int32Array, ranges: readonly Range[], length: number) {
  const size = largestRange(ranges, places);
  const firsts = places.map(place => Math.min(ranges[place].first, length - size));
  return { size, firsts };
}
