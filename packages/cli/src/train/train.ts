import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { Random } from '@nads/linalg';
import { withGraph, writeModel, floats, type Model } from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';
import {
  accuracy,
  adam,
  architectureOf,
  constantRate,
  cosineRate,
  fit,
  freshNetwork,
  linearRate,
  OnnxEngine,
  sgd,
  stepRate,
  TfjsEngine,
  type Engine,
  type EpochResult,
  type Schedule,
} from '@nads/train';
import { chooseBackend } from '@nads/train/node';
import { requireFolder, writeWhole } from '../files/write-file.js';
import { explain } from '../messages/explain.js';
import { interruptionBySignal } from '../messages/interruption.js';
import { Progress } from '../messages/progress.js';
import { readCheckpoint, writeCheckpoint } from './checkpoint.js';
import { openSets, type SetOptions, type Sets } from './train-sets.js';

/** What `nads train` is told. */
export interface TrainOptions extends SetOptions {
  readonly out: string;
  readonly engine: 'onnx' | 'tfjs';
  readonly optimizer: 'sgd' | 'adam';
  readonly schedule: keyof typeof schedules;
  readonly rate: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly clip?: number;
  readonly epochs: number;
  readonly batch: number;
  readonly pooling: boolean;
  readonly threads: number;
  readonly resume?: boolean;
  readonly quiet?: boolean;
}

/** Learning rates over all steps. */
export const schedules = {
  constant: constantRate,
  linear: linearRate,
  cosine: cosineRate,
  step: (rate: number): Schedule => stepRate(rate),
} as const;

/** Trains a network and writes it as ONNX; every epoch leaves a checkpoint. */
export async function train(name: string, options: TrainOptions): Promise<void> {
  const architecture = architectureOf(name);
  const sets = openSets(options);
  requireFolder(options.out, '--out');
  const random = new Random(options.seed);
  const backend = await chooseBackend(options.engine === 'onnx' ? 'cpu' : undefined);
  const { pooling } = options;
  const network = freshNetwork(architecture, sets.sizes, {
    random: random.fork('weights'),
    pooling,
  });
  const engine = await openEngine(network, options, random);
  const say = (text: string): void => void (options.quiet || process.stderr.write(`${text}\n`));
  say(`${architecture.title}, ${engine.name}\n${sets.description}`);
  if (options.engine === 'tfjs' && backend !== 'tensorflow')
    say(`@tensorflow/tfjs-node has no native half here; TensorFlow.js runs on ${backend}`);
  try {
    await run(engine, network.onnx, sets, { name, options, random: random.fork('order') });
  } finally {
    await engine.close();
  }
}

async function openEngine(
  { onnx, layers }: ReturnType<typeof freshNetwork>,
  { engine, optimizer, momentum, weightDecay, clip, threads }: TrainOptions,
  random: Random,
): Promise<Engine> {
  const rule = optimizer === 'adam' ? adam({ weightDecay }) : sgd({ momentum, weightDecay });
  const all = { optimizer: rule, clip, random: random.fork('dropout') };
  if (engine === 'tfjs') return new TfjsEngine(layers, all);
  return OnnxEngine.open(onnx, { ...all, runtime: nodeRuntime, threads });
}

interface Circumstances {
  readonly name: string;
  readonly options: TrainOptions;
  readonly random: Random;
}

async function run(
  engine: Engine,
  model: Model,
  { train: set, test }: Sets,
  { name, options, random }: Circumstances,
): Promise<void> {
  const { out, epochs, batch, rate, quiet } = options;
  const file = join(out, 'checkpoint.npz');
  const settings = settingsOf(name, options);
  const history = new History(join(out, 'history.csv'));
  const perEpoch = Math.ceil(set.labels.length / batch);
  let epochsDone = 0;
  if (options.resume) {
    const before = readCheckpoint(file, settings);
    explain(file, () => engine.restore(before.state, before.steps));
    epochsDone = before.epochs;
    history.keep(epochsDone);
  }
  const interruption = interruptionBySignal();
  const progress = new Progress('steps', quiet);
  const onEpoch = async (result: EpochResult): Promise<void> => {
    const tested = test && (await accuracy(engine, test));
    epochsDone = result.epoch + 1;
    history.add(result, tested);
    const steps = epochsDone * perEpoch;
    writeCheckpoint(file, { epochs: epochsDone, steps, state: engine.state(), settings });
    history.write();
    writeWhole(join(out, 'model.onnx'), writeModel(withState(model, engine)));
  };
  try {
    await fit(engine, set, {
      epochs,
      batch,
      schedule: schedules[options.schedule](rate),
      random,
      epochsDone,
      onStep: ({ step, steps, loss }) => {
        if (interruption.signal.aborted) throw new Error('interrupted');
        progress.update(step + 1, steps, `loss ${loss.toFixed(4)}`);
      },
      onEpoch,
    });
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    process.exitCode = 128 + constants.signals[interruption.signal.reason as NodeJS.Signals];
    process.stderr.write(
      `nads: interrupted; ${epochsDone} of ${epochs} epoch(s) are in ${out}, --resume goes on\n`,
    );
    return;
  } finally {
    progress.end();
    interruption.stop();
  }
  process.stdout.write(history.last(epochs, join(out, 'model.onnx')));
}

/** Options that weights do not depend on. */
const incidental = new Set(['out', 'resume', 'quiet', 'threads', 'engine', 'testData']);

function settingsOf(name: string, options: TrainOptions): string {
  const essential = Object.entries(options).filter(([option]) => !incidental.has(option));
  return JSON.stringify({ architecture: name, ...Object.fromEntries(essential) });
}

function withState(model: Model, engine: Engine): Model {
  const initializers = new Map(model.graph.initializers);
  for (const [name, { dims, data }] of engine.state())
    if (initializers.has(name)) initializers.set(name, floats(dims, data));
  return withGraph(model, { initializers });
}

/** A line for each epoch. */
class History {
  private lines: string[] = [];
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  /** Takes over the first epochs of an earlier run. */
  keep(epochs: number): void {
    if (existsSync(this.file))
      this.lines = readFileSync(this.file, 'utf8')
        .split('\n')
        .slice(1, 1 + epochs);
  }

  add({ epoch, loss, accuracy: trained }: EpochResult, tested: number | undefined): void {
    const cells = [epoch, loss, 100 * trained, tested === undefined ? '' : 100 * tested];
    this.lines.push(cells.join(','));
  }

  write(): void {
    const head = 'epoch,loss,train_accuracy,test_accuracy';
    writeWhole(this.file, `${[head, ...this.lines].join('\n')}\n`);
  }

  last(epochs: number, file: string): string {
    const [, loss, trained, tested] = (this.lines.at(-1) ?? ',,,').split(',').map(Number);
    const test = tested > 0 ? `, test accuracy ${tested.toFixed(2)} %` : '';
    return `${epochs} epoch(s): loss ${loss.toPrecision(4)}, train accuracy ${trained.toFixed(2)} %${test}, written to ${file}\n`;
  }
}
