import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  directions,
  emptyTally,
  NetworkProbe,
  prepare,
  trial,
  type EstimateOptions,
  type Plan,
  type Preparation,
  type Tally,
} from '@nads/probe';
import { matrixProduct } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { describePlan } from './describe-plan.js';
import { drawNetworks } from './draw-networks.js';
import { explain, named } from './explain.js';
import { loadModel, type LoadedModel } from './load-model.js';
import { duration } from './progress.js';
import { readArray, readImages } from './read-array.js';
import { identityOf, readTally, writeTally } from './tally-file.js';
import { writeResult } from './write-result.js';

/** What `nads estimate` is told. */
export interface Options extends Omit<EstimateOptions, 'points' | 'rows'> {
  readonly out: string;
  readonly networks?: number;
  readonly until?: number;
  readonly top: number;
  readonly maxNetworks: number;
  readonly point?: string;
  readonly points: number;
  readonly save?: number;
  readonly workers?: number;
  readonly resume?: boolean;
  readonly quiet?: boolean;
}

/** Estimates the NADs of a model's architecture and writes them. */
export async function estimate(file: string, options: Options): Promise<void> {
  const started = performance.now();
  const loaded = loadModel(file);
  const prepared = explain(file, () => prepare(loaded.model, estimateOptions(loaded, options)));
  const { preparation, probe, secondsPerImage } = await tryOut(file, prepared);
  const say = (text: string): void => void (options.quiet || process.stderr.write(text));
  say(
    describePlan(preparation, {
      workers: workersOf(options),
      secondsPerImage,
      networks: options.networks,
    }),
  );
  const store = openStore(loaded, preparation.plan, probe, options);
  const multiply = await matrixProduct(nodeRuntime);
  const interrupted = await drawNetworks(
    file,
    preparation,
    probe,
    store.tally,
    { ...options, workers: workersOf(options) },
    multiply,
    store.save,
  );
  const k = Math.min(options.save ?? savedDirections(preparation), probe.basis.size);
  const found = await directions(store.tally, probe.basis, probe.blocks, k, multiply);
  writeResult(options.out, { loaded, preparation, tally: store.tally, directions: found, options });
  store.save();
  say(
    `${store.tally.networks} networks in ${duration((performance.now() - started) / 1000)}, written to ${options.out}\n`,
  );
  if (interrupted) process.stderr.write('interrupted; go on with the same command and --resume\n');
}

/** Threads that draw networks. */
const workersOf = ({ workers }: Options): number => workers ?? availableParallelism();

function estimateOptions({ model }: LoadedModel, options: Options): EstimateOptions {
  const { point, points: pointCount, basis = 'pixels', ...rest } = options;
  const plain: EstimateOptions = { ...rest, pointCount, basis };
  const rows = basis.endsWith('.npy') ? readRows(basis) : undefined;
  if (!point) return { ...plain, rows };
  const { image } = prepare(model, { ...plain, basis: 'pixels' });
  return { ...plain, rows, points: readImages(point, [image.channels, image.height, image.width]) };
}

function readRows(file: string): Float64Array {
  const { shape, data } = readArray(file);
  if (shape.length !== 2) throw new Error(`${file}: dims [${shape}], a basis has rows [n, D]`);
  return Float64Array.from(data as ArrayLike<number>, Number);
}

/** Runs the first network; where the images of a batch mix, each gets a run of its own from here on. */
async function tryOut(file: string, preparation: Preparation) {
  const probe = new NetworkProbe(preparation.plan, nodeRuntime);
  const { independent, secondsPerImage } = await trial(probe, preparation.plan).catch(
    (error: Error) => {
      throw named(file, error);
    },
  );
  if (independent) return { preparation, probe, secondsPerImage };
  const plan: Plan = { ...preparation.plan, batch: 1 };
  const obstacle = 'the images of a batch influence each other';
  const alone: Preparation = { ...preparation, plan, batch: { ...preparation.batch, obstacle } };
  return { preparation: alone, probe: new NetworkProbe(plan, nodeRuntime), secondsPerImage };
}

/** The tally of an earlier run or a new one, and the way to save it. */
function openStore(
  { sha256 }: LoadedModel,
  plan: Plan,
  probe: NetworkProbe,
  { out, resume }: Options,
) {
  const file = join(out, 'tally.npz');
  const identity = identityOf(sha256, plan);
  const tally: Tally = resume ? readTally(file, identity, probe.blocks) : emptyTally(probe.blocks);
  return { tally, save: () => writeTally(file, tally, identity) };
}

/** Numbers in an array of directions that is still handy: 128 MB. */
const handy = 1 << 25;

/** All directions where that stays handy and quick, else the leading ones. */
function savedDirections({ directions: n, image }: Preparation): number {
  const pixels = image.channels * image.height * image.width;
  const quick = n <= 1536 ? n : 256;
  return Math.max(16, Math.min(quick, Math.floor(handy / pixels / image.channels)));
}
