import { OptionError, Random } from '@nads/linalg';
import type { Runtime } from '@nads/runtime';
import type { Architecture, Engine, FreshNetwork } from '@nads/train';
import type { Environment } from '../environment.js';
import { scheduleOf } from './schedule-of.js';
import {
  chosenSettings,
  identityOf,
  type ChosenSettings,
  type TrainSettings,
} from './train-settings.js';
import type { Training, TrainPlan } from './training.js';
import { TrainingRun, type Course, type Kit } from './training-run.js';
import type { TrainingSets } from './training-sets.js';

/** How a training is monitored and stopped. */
export interface TrainEnvironment extends Environment {
  readonly onPlan?: (plan: TrainPlan) => void;
}

/**
 * Trains a network with fresh weights. Every epoch leaves checkpoint.npz, history.csv, model.onnx and learning.svg in the store.
 * Where
 * its signal is aborted, the training as it stood after the last epoch. Architectures are built, and the engine `tfjs`
 * trains, on the backend of TensorFlow.js that was chosen before, otherwise on plain JavaScript.
 * @param architecture or the name of one of `@nads/train`
 * @throws the signal's reason where it is aborted before the first epoch is done; Diverged where a loss is not finite;
 * OptionError where there is no checkpoint to resume from, or one of other settings
 */
export async function train(
  architecture: Architecture | string,
  sets: TrainingSets,
  settings: TrainSettings,
  environment: TrainEnvironment,
): Promise<Training> {
  const chosen = chosenSettings(settings);
  const { pooling, seed } = chosen;
  const kit = await import('@nads/train'); // brings TensorFlow.js with it
  const built = typeof architecture === 'string' ? kit.architectureOf(architecture) : architecture;
  await environment.store?.ready();
  await kit.someBackend();
  const random = new Random(seed);
  const network = kit.freshNetwork(built, sets.sizes, { random: random.fork('weights'), pooling });
  const engine = await openEngine(kit, network, chosen, random, environment.runtime);
  const plan = { architecture: built, engine: engine.name };
  try {
    const run = new TrainingRun(
      { kit, engine },
      network.onnx,
      sets,
      courseOf(kit, built, chosen),
      environment,
    );
    if (chosen.resume) await run.resume();
    environment.onPlan?.(plan);
    return { ...plan, ...(await run.toItsEnd(random.fork('order'))) };
  } finally {
    await engine.close();
    network.layers.dispose();
  }
}

function courseOf(kit: Kit, architecture: Architecture, chosen: ChosenSettings): Course {
  const { epochs, batch, rate } = chosen;
  const schedule = scheduleOf(kit, chosen.schedule, rate);
  const identity = identityOf(architecture, chosen);
  return { epochs, batch, schedule, identity, title: architecture.name };
}

async function openEngine(
  { adam, sgd, TfjsEngine, OnnxEngine, measuresOf }: Kit,
  { onnx, layers }: FreshNetwork,
  chosen: ChosenSettings,
  random: Random,
  runtime: Runtime,
): Promise<Engine> {
  const { engine, optimizer, momentum, weightDecay, clip, threads } = chosen;
  if (chosen.measureDecay !== undefined && measuresOf(onnx).length === 0)
    throw new OptionError('measureDecay', `${onnx.graph.name} has no learnt measures of its own`);
  const rule = optimizer === 'adam' ? adam({ weightDecay }) : sgd({ momentum, weightDecay });
  const measureDecay = decayOfMeasures(chosen);
  const all = { optimizer: rule, clip, measureDecay, random: random.fork('dropout') };
  if (engine === 'tfjs') return new TfjsEngine(layers, all);
  return OnnxEngine.open(onnx, { ...all, runtime, threads });
}

const decayOfMeasures = ({ measureDecay, measureTowards }: ChosenSettings) =>
  measureDecay === undefined ? undefined : { strength: measureDecay, towards: measureTowards };
