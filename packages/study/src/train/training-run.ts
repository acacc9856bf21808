import { OptionError, type Random } from '@nads/linalg';
import { floats, withGraph, type Model } from '@nads/onnx';
import type { Engine, EpochResult, Schedule } from '@nads/train';
import type { Environment } from '../environment.js';
import type { Identity } from '../identity.js';
import { about } from '../named-error.js';
import type { Store } from '../store.js';
import { checkpointFile, encodeCheckpoint, readCheckpoint } from './checkpoint-codec.js';
import type { EpochRecord } from './history-codec.js';
import type { Training, TrainPlan } from './training.js';
import { identityOf, type ChosenSettings } from './train-settings.js';
import { readHistory, trainingFiles } from './training-files.js';
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
  private history: EpochRecord[] = [];
  private epochsDone = 0;

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
    const { epochs, steps, state } = await readCheckpoint(store, this.identity);
    about(`${store.name}/${checkpointFile}`, () => this.engine.restore(state, steps));
    this.model = withState(this.model, this.engine);
    this.epochsDone = epochs;
    this.history = (await readHistory(store)).slice(0, epochs);
  }

  /** Trains the epochs that are left, or until somebody stops it. @param random where the order of images comes from */
  async toItsEnd(random: Random): Promise<Training> {
    const { chosen, environment } = this.circumstances;
    const { signal, onProgress } = environment;
    try {
      await this.kit.fit(this.engine, this.sets.train, {
        epochs: chosen.epochs,
        batch: chosen.batch,
        schedule: scheduleOf(this.kit, chosen),
        random,
        epochsDone: this.epochsDone,
        onEpoch: result => this.keep(result),
        onProgress,
        signal,
      });
    } catch (error) {
      if (!signal?.aborted || error !== signal.reason || this.epochsDone === 0) throw error;
    }
    return this.training;
  }

  private async keep({ epoch, loss, accuracy }: EpochResult): Promise<void> {
    const { engine, sets, kit } = this;
    const { chosen, environment } = this.circumstances;
    const tested = sets.test && 100 * (await kit.accuracy(engine, sets.test));
    this.history.push({ epoch, loss, trainAccuracy: 100 * accuracy, testAccuracy: tested });
    this.epochsDone = epoch + 1;
    this.model = withState(this.model, engine);
    const steps = this.epochsDone * Math.ceil(sets.train.labels.length / chosen.batch);
    const checkpoint = { epochs: this.epochsDone, steps, state: engine.state() };
    await environment.store?.write([
      [checkpointFile, encodeCheckpoint(checkpoint, this.identity)],
      ...trainingFiles(this.training, environment.onWarning),
    ]);
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
