import { OptionError, type Random } from '@nads/linalg';
import { floats, withGraph, type Model } from '@nads/onnx';
import type { Engine, EpochResult, Schedule, TrainingPosition } from '@nads/train';
import type { Environment } from '../environment.js';
import type { Identity } from '../identity.js';
import { about } from '../named-error.js';
import { Pace } from '../pace.js';
import type { NamedFile, Store } from '../store.js';
import { checkpointFile, encodeCheckpoint, readCheckpoint } from './checkpoint-codec.js';
import type { EpochRecord } from './history-codec.js';
import type { Training, TrainPlan } from './training.js';
import { identityOf, type ChosenSettings } from './train-settings.js';
import { trainingFiles } from './training-files.js';
import type { TrainingSets } from './training-sets.js';

/** `@nads/train`, loaded on demand. */
export type Kit = typeof import('@nads/train');

/** How and where a network is trained. */
interface Circumstances {
  readonly plan: TrainPlan;
  readonly chosen: ChosenSettings;
  readonly environment: Environment;
}

/** A training on its way: what is done after every epoch, and what a later run goes on from. */
export class TrainingRun {
  private readonly kit: Kit;
  private readonly engine: Engine;
  private readonly sets: TrainingSets;
  private readonly circumstances: Circumstances;
  private readonly identity: Identity;
  private model: Model;
  private readonly pace = new Pace();
  private history: readonly EpochRecord[] = [];
  private position: TrainingPosition = { epochs: 0, steps: 0, loss: 0, correct: 0 };

  /** @param model of the network that the engine trains, as it is before the first step */
  constructor(
    kit: Kit,
    engine: Engine,
    model: Model,
    sets: TrainingSets,
    circumstances: Circumstances,
  ) {
    this.kit = kit;
    this.engine = engine;
    this.model = model;
    this.sets = sets;
    this.circumstances = circumstances;
    const { plan, chosen } = circumstances;
    this.identity = { ...identityOf(plan.architecture, chosen), ...sets.identity };
  }

  /** Takes over what an earlier run left in the store. @throws OptionError where that is nothing, or of other settings */
  async resume(): Promise<void> {
    const store = resumable(this.circumstances.environment.store);
    const { position, steps, state, history } = await readCheckpoint(store, this.identity);
    about(`${store.name}/${checkpointFile}`, () => this.engine.restore(state, steps));
    this.model = withState(this.model, this.engine);
    this.position = position;
    this.history = history;
  }

  /**
   * Trains what is left, or until somebody stops it; where nothing is left, writes what may be missing.
   * @param random where the order of images comes from
   * @throws the signal's reason where it is aborted before the first step is done
   */
  async toItsEnd(random: Random): Promise<Training> {
    const { chosen, environment } = this.circumstances;
    const { signal, onProgress } = environment;
    if (this.position.epochs >= chosen.epochs) await this.save(this.files);
    try {
      await this.kit.fit(this.engine, this.sets.train, {
        epochs: chosen.epochs,
        batch: chosen.batch,
        schedule: scheduleOf(this.kit, chosen),
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
    return this.training;
  }

  private async stepDone(position: TrainingPosition): Promise<void> {
    this.position = position;
    if (this.pace.isDue) await this.save();
  }

  private async epochDone({ epoch, loss, accuracy }: EpochResult): Promise<void> {
    const { engine, sets, kit } = this;
    const tested = sets.test && 100 * (await kit.accuracy(engine, sets.test));
    const record = { epoch, loss, trainAccuracy: 100 * accuracy, testAccuracy: tested };
    this.history = [...this.history, record];
    this.position = { epochs: epoch + 1, steps: 0, loss: 0, correct: 0 };
    this.model = withState(this.model, engine);
    await this.save(this.files);
  }

  /** Writes the checkpoint, which is all that a later run goes on from, and then other files. */
  private save(others: readonly NamedFile[] = []): Promise<void> {
    const { position, history, engine, sets } = this;
    const { chosen, environment } = this.circumstances;
    const perEpoch = Math.ceil(sets.train.labels.length / chosen.batch);
    const steps = position.epochs * perEpoch + position.steps;
    return this.pace.save(async () => {
      const checkpoint = { position, steps, state: engine.state(), history };
      const file: NamedFile = [checkpointFile, encodeCheckpoint(checkpoint, this.identity)];
      await environment.store?.write([file, ...others]);
    });
  }

  private get files(): NamedFile[] {
    return trainingFiles(this.training, this.circumstances.environment.onWarning);
  }

  private get training(): Training {
    const { model, history, circumstances } = this;
    return { ...circumstances.plan, model, history, epochs: circumstances.chosen.epochs };
  }
}

function scheduleOf(kit: Kit, { schedule, rate }: ChosenSettings): Schedule {
  const { constantRate, cosineRate, linearRate, stepRate } = kit;
  const all = { constant: constantRate, linear: linearRate, cosine: cosineRate, step: stepRate };
  return all[schedule](rate);
}

function resumable(store: Store | undefined): Store {
  if (store) return store;
  throw new OptionError('resume', 'resuming needs a store');
}

/** The model with the weights as they are now. */
function withState(model: Model, engine: Engine): Model {
  const initializers = new Map(model.graph.initializers);
  for (const [name, { dims, data }] of engine.state())
    if (initializers.has(name)) initializers.set(name, floats(dims, data));
  return withGraph(model, { initializers });
}
