import type { BoxMemory } from '@nads/linalg';
import type { Session, Values } from '@nads/runtime';
import type { LocalSessions } from '../../draw/local-sessions.js';
import type { Probing } from '../probing.js';
import type { Boxes } from './boxes.js';
import { ImageBoxes } from './image-boxes.js';
import { PieceInputs } from './piece-inputs.js';
import { StageRun } from './stage-run.js';

/** A network around one point: for images that differ from it in a box, only boxes of maps are computed. */
export class LocalNetwork {
  private readonly memory: BoxMemory;
  private readonly images: ImageBoxes;
  private readonly source: string;
  private readonly stages: readonly StageRun[];
  private readonly inputs: PieceInputs;
  private readonly rest: Session;
  private readonly output: string;

  private constructor(
    { plan, rest, memory }: LocalSessions,
    probing: Probing,
    stages: readonly StageRun[],
    inputs: PieceInputs,
  ) {
    this.memory = memory;
    this.images = new ImageBoxes(memory, probing, plan.boxes);
    this.source = plan.source;
    this.stages = stages;
    this.inputs = inputs;
    this.rest = rest;
    this.output = plan.rest.output;
  }

  /**
   * The network around the point that is probed: each stage is run once on whole maps.
   * One at a time: the next one takes the memory of the one before.
   */
  static async around(sessions: LocalSessions, probing: Probing): Promise<LocalNetwork> {
    const { plan, memory } = sessions;
    memory.release(0);
    const maps = new Map([[plan.source, probing.point]]);
    const stages: StageRun[] = [];
    for (const [s, stage] of plan.stages.entries()) {
      const run = new StageRun(memory, plan, stage, sessions.stages[s], maps);
      for (const [name, map] of await run.atPoint()) maps.set(name, map);
      stages.push(run);
    }
    const inputs = new PieceInputs(memory, plan, plan.rest, maps, [1, 1]);
    return new LocalNetwork(sessions, probing, stages, inputs);
  }

  /** What the network gives for the images x₀ ± h·d of some directions, in turn: [2 · directions × outputs]. */
  async outputs(directions: Int32Array): Promise<Float32Array> {
    let found = new Float32Array();
    await this.visitOutputs(directions, values => (found = values.slice()));
    return found;
  }

  /** Hands the same to `visit`, after which it is not to be read. */
  async visitOutputs(directions: Int32Array, visit: (values: Float32Array) => void): Promise<void> {
    const { used } = this.memory;
    try {
      const outputs = await this.run(this.images.of(directions));
      visit(outputs[this.output].data as Float32Array);
      this.rest.discard?.(outputs);
    } finally {
      this.memory.release(used);
    }
  }

  private async run(images: Boxes): Promise<Values> {
    const boxes = new Map([[this.source, images]]);
    for (const stage of this.stages)
      for (const [name, found] of await stage.boxes(images, boxes)) boxes.set(name, found);
    return this.rest.run(this.inputs.take(images, boxes));
  }
}
