import { constants } from 'node:os';
import { join } from 'node:path';
import { matrix } from '@nads/linalg';
import { imageInput, inlineFunctions } from '@nads/onnx';
import {
  directions,
  emptyTally,
  NetworkProbe,
  pixelsOf,
  prepare,
  rowsBasis,
  trial,
  type EstimateOptions,
  type ImageShape,
  type Plan,
  type Preparation,
  type Tally,
} from '@nads/probe';
import type { WorkerPool } from '@nads/probe/node';
import { matrixProduct } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { readArray, readImages } from '../files/read-array.js';
import { identityOf, readTally, writeTally } from '../files/tally-file.js';
import { requireFolder } from '../files/write-file.js';
import { explain, explainLater } from '../messages/explain.js';
import { interruptionBySignal } from '../messages/interruption.js';
import { duration } from '../messages/progress.js';
import { loadModel, type LoadedModel } from '../models/load-model.js';
import { describePlan } from './describe-plan.js';
import { drawNetworks } from './draw-networks.js';
import { requireMemory } from './memory.js';

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
export async function estimate(file: string, options: Options, pool: WorkerPool): Promise<void> {
  const say = (text: string): void => void (options.quiet || process.stderr.write(text));
  const loaded = loadModel(file);
  const chosen = estimateOptions(file, loaded, options);
  const prepared = explain(file, () => prepare(loaded.model, chosen));
  requireMemory(file, prepared, pool.size);
  const { preparation, probe, secondsPerImage } = await tryOut(file, prepared);
  const store = openStore(loaded, preparation.plan, probe, options);
  requireFolder(options.out, '--out');
  const multiply = await matrixProduct(nodeRuntime);
  const interruption = interruptionBySignal();
  say(
    describePlan(preparation, { workers: pool.size, secondsPerImage, networks: options.networks }),
  );
  const writing = import('./write-result.js'); // loads while the networks are drawn
  await drawNetworks(
    file,
    preparation,
    probe,
    pool,
    store.tally,
    { ...options, interruption: interruption.signal },
    multiply,
    store.save,
  ).finally(interruption.stop);
  const { writeResult } = await writing;
  const { networks } = store.tally;
  if (interruption.signal.aborted) interrupted(interruption.signal, networks);
  if (networks === 0) return;
  store.save();
  const k = Math.min(options.save ?? savedDirections(preparation), probe.basis.size);
  const found = await directions(store.tally, probe.basis, probe.blocks, k, multiply);
  writeResult(options.out, { loaded, preparation, tally: store.tally, directions: found, options });
  const seconds = performance.now() / 1000;
  say(`${networks} network(s) in ${duration(seconds)}, written to ${options.out}\n`);
}

/** Says what an interruption leaves, with the exit code that shells expect. */
function interrupted({ reason }: AbortSignal, networks: number): void {
  process.exitCode = 128 + constants.signals[reason as NodeJS.Signals];
  process.stderr.write(
    networks === 0
      ? 'nads: interrupted before the first network was done; nothing is written\n'
      : `nads: interrupted after ${networks} network(s); go on with the same command and --resume\n`,
  );
}

/** Options with the arrays that they name. */
export function estimateOptions(
  file: string,
  { model }: LoadedModel,
  options: Options,
): EstimateOptions {
  const { point, points: pointCount, basis = 'pixels', ...rest } = options;
  const image = explain(file, () => imageInput(inlineFunctions(model), options));
  return {
    ...rest,
    pointCount,
    basis,
    ...(basis.endsWith('.npy') && { rows: readRows(basis, image) }),
    ...(point && { points: readImages(point, [image.channels, image.height, image.width]) }),
  };
}

/** Rows of a basis. @throws one line that names the file, where they are no basis of such images. */
function readRows(file: string, image: ImageShape): Float64Array {
  const { shape, data } = readArray(file);
  if (shape.length !== 2 || shape[0] === 0)
    throw new Error(`${file}: dims [${shape}], a basis has rows [n, ${pixelsOf(image)}]`);
  const rows = Float64Array.from(data as ArrayLike<number>, Number);
  explain(file, () => rowsBasis(matrix(shape[0], shape[1], rows), image));
  return rows;
}

/** Runs the first network; where the images of a batch mix, each gets a run of its own from here on. */
export async function tryOut(file: string, preparation: Preparation) {
  const probe = new NetworkProbe(preparation.plan, nodeRuntime);
  const { independent, secondsPerImage } = await explainLater(file, () =>
    trial(probe, preparation.plan),
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
