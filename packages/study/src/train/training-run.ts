import { OptionError, type Random } from '@nads/linalg';
import { floats, withGraph, type Model } from '@nads/onnx';
import type { Engine, EpochResult, Schedule, State, TrainingPosition } from '@nads/train';
import type { Environment } from '../environment.js';
import type { Identity } from '../identity.js';
import { about } from '../named-error.js';
import { Pace } from '../pace.js';
import type { NamedFile, Store } from '../store.js';
import { checkpointFile, encodeCheckpoint, readCheckpoint } from './checkpoint-codec.js';
import type { EpochRecord } from './history-codec.js';
import { undamaged } from '../undamaged.js';
import type { BestWeights, Trained } from './training.js';
import { learningFiles } from './training-files.js';
import type { TrainingSets } from './training-sets.js';

/** `@nads/train`, loaded on demand. */
export type Kit = typeof import('@nads/train');

/** How a network is trained, and what is known of it before. */
export interface Course {
  readonly epochs: number;
  readonly batch: number;
  readonly schedule: Schedule;
  /** All that weights depend on, beside the images. */
  readonly identity: Identity;
  /** What pictures call the network. */
  readonly title: string;
  /** Where the weights are to be the best ones on the test images: those before the first step. */
  readonly first?: BestWeights;
}

/** A training on its way: what is done after every epoch, and what a later run goes on from. */
export class TrainingRun {
  private readonly kit: Kit;
  private readonly engine: Engine;
  private readonly sets: TrainingSets;
  private readonly course: Course;
  private readonly environment: Environment;
  private readonly identity: Identity;
  private model: Model;
  private readonly pace = new Pace();
  private history: readonly EpochRecord[] = [];
  private position: TrainingPosition = { epochs: 0, steps: 0, loss: 0, correct: 0 };
  private best: BestWeights | undefined;

  /** @param model of the network that the engine trains, with initializers of the same names, as it is before the first step */
  constructor(
    { kit, engine }: { readonly kit: Kit; readonly engine: Engine },
    model: Model,
    sets: TrainingSets,
    course: Course,
    environment: Environment,
  ) {
    this.kit = kit;
    this.engine = engine;
    this.model = model;
    this.sets = sets;
    this.course = course;
    this.environment = environment;
    this.best = course.first;
    this.identity = { ...course.identity, ...sets.identity };
  }

  /** Takes over what an earlier run left in the store. @throws OptionError where that is nothing, or of other settings */
  async resume(): Promise<void> {
    const store = resumable(this.environment.store);
    const { position, steps, state, history, best } = await readCheckpoint(store, this.identity);
    const where = `${store.name}/${checkpointFile}`;
    undamaged(where, () => this.requirePossible(position, steps));
    about(where, () => this.engine.restore(state, steps));
    this.best = best;
    this.model = withState(this.model, best?.state ?? this.engine.state());
    this.position = position;
    this.history = history;
  }

  /**
   * Trains what is left, or until somebody stops it; where nothing is left, writes what may be missing.
   * @param random where the order of images comes from
   * @throws the signal's reason where it is aborted before the first step is done
   */
  async toItsEnd(random: Random): Promise<Trained> {
    const { epochs: wanted, batch, schedule } = this.course;
    const { signal, onProgress } = this.environment;
    if (this.position.epochs >= wanted) await this.save(this.files);
    try {
      await this.kit.fit(this.engine, this.sets.train, {
        epochs: wanted,
        batch,
        schedule,
        random,
        from: this.position,
        onStep: position => this.stepDone(position),
        onEpoch: result => this.epochDone(result),
        onProgress,
        signal,
      });
    } catch (error) {
      const { epochs, steps } = this.position;
      if (!signal?.aborted || error !== signal.reason || epochs + steps === 0) throw error;
      await this.save();
    }
    return this.trained;
  }

  /** @throws where a position is none that this course comes by */
  private requirePossible({ epochs, steps, correct }: TrainingPosition, all: number): void {
    const perEpoch = this.stepsPerEpoch;
    const isWithin = epochs < this.course.epochs ? steps < perEpoch : steps === 0;
    if (epochs > this.course.epochs || !isWithin || all !== epochs * perEpoch + steps)
      throw new Error(
        `${all} steps are not ${epochs} epochs of ${perEpoch} steps and ${steps} steps; ${this.course.epochs} epochs are wanted`,
      );
    if (correct > this.sets.train.labels.length) throw new Error(`${correct} images are correct`);
  }

  private get stepsPerEpoch(): number {
    return Math.ceil(this.sets.train.labels.length / this.course.batch);
  }

  private async stepDone(position: TrainingPosition): Promise<void> {
    this.position = position;
    if (this.pace.isDue) await this.save();
  }

  private async epochDone({ epoch, loss, accuracy }: EpochResult): Promise<void> {
    const { engine, sets, kit } = this;
    this.requireFinite(epoch);
    const tested = sets.test && 100 * (await kit.accuracy(engine, sets.test));
    const record = { epoch, loss, trainAccuracy: 100 * accuracy, testAccuracy: tested };
    this.history = [...this.history, record];
    this.position = { epochs: epoch + 1, steps: 0, loss: 0, correct: 0 };
    if (this.best) this.best = better(this.best, epoch, tested, engine.state());
    this.model = withState(this.model, this.best?.state ?? engine.state());
    await this.save(this.files);
  }

  /** @throws Diverged where weights are not finite, which no loss has shown yet */
  private requireFinite(epoch: number): void {
    const { engine, kit } = this;
    const steps = (epoch + 1) * this.stepsPerEpoch;
    for (const { data } of engine.state().values())
      if (!data.every(Number.isFinite)) throw new kit.Diverged(steps, NaN);
  }

  /** Writes the checkpoint, which is all that a later run goes on from, and then other files. */
  private save(others: readonly NamedFile[] = []): Promise<void> {
    const { position, history, engine, best, environment } = this;
    const steps = position.epochs * this.stepsPerEpoch + position.steps;
    return this.pace.save(async () => {
      const checkpoint = { position, steps, state: engine.state(), history, best };
      const file: NamedFile = [checkpointFile, encodeCheckpoint(checkpoint, this.identity)];
      await environment.store?.write([file, ...others]);
    });
  }

  private get files(): NamedFile[] {
    return learningFiles(this.trained, this.course.title, this.environment.onWarning);
  }

  private get trained(): Trained {
    const { model, history, best } = this;
    return { model, history, epochs: this.course.epochs, best };
  }
}

function resumable(store: Store | undefined): Store {
  if (store) return store;
  throw new OptionError('resume', 'resuming needs a store');
}

/** The later of two where they are equally good. */
function better(
  before: BestWeights,
  epoch: number,
  accuracy: number | undefined,
  state: State,
): BestWeights {
  if (accuracy === undefined || accuracy < before.accuracy) return before;
  const kept = [...state].filter(([name]) => before.state.has(name));
  return { epoch, accuracy, state: new Map(kept) };
}

/** The model with the weights of a state. */
function withState(model: Model, state: State): Model {
  const initializers = new Map(model.graph.initializers);
  for (const [name, { dims, data }] of state)
    if (initializers.has(name)) initializers.set(name, floats(dims, data));
  return withGraph(model, { initializers });
}
