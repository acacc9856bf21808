import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeNpy, encodeNpz, type NdArray } from '@nads/dataset';
import { directionRows, parseBasis } from '@nads/basis';
import { Random, type Matrix } from '@nads/linalg';
import type { Model } from '@nads/onnx';
import { gradientModel, GradientRunner, subspaceMargins, type Margin } from '@nads/probe';
import { nodeRuntime } from '@nads/runtime/node';
import { architectureOf, freshNetwork } from '@nads/train';
import { chooseBackend } from '@nads/train/node';
import { beside, type Result } from './lib/beside.ts';
import type { Log } from './lib/logged.ts';
import { openPeer, reportOf, type Peer } from './lib/peer.ts';
import type { Outcome } from './lib/table.ts';
import type { RunOptions } from './run.ts';

const networks = [
  { name: 'lenet', images: 16 },
  { name: 'resnet20', images: 4 },
];

const sizes = { channels: 3, height: 32, width: 32, classes: 10 };
const area = sizes.height * sizes.width;
const pixels = sizes.channels * area;
/** Directions of a block, and which blocks of cosines. */
const block = 16;
const blocks = [0, 20, 40, 63];
const deepfool = { overshoot: 0.02, iterations: 100 };

/** Networks that `--only` can name. */
export const choice = networks.map(({ name }) => name);

/**
 * Seconds an image for its margins in four subspaces: all images and subspaces side by side, against ours one after the
 * other, and against DeepFool in PyTorch, which does one after the other. Margins of both are compared.
 */
export async function run({ log, only }: RunOptions): Promise<Outcome> {
  await chooseBackend('cpu');
  const peer = await openPeer('margin.py', log);
  const results: Result[] = [];
  for (const network of networks.filter(({ name }) => !only || name === only))
    results.push(...(await compare(network, peer, log)));
  peer?.close();
  return { results, ...reportOf(peer) };
}

async function compare(
  { name, images: count }: (typeof networks)[number],
  peer: Peer | undefined,
  log: Log,
): Promise<Result[]> {
  const { onnx } = freshNetwork(architectureOf(name), sizes, { random: new Random(0) });
  const model = gradientModel(onnx);
  const runner = await GradientRunner.open(await nodeRuntime.createSession(model.model), model);
  const subspaces = blocks.map(waves);
  const images = new Float32Array(count * pixels);
  new Random(2).fillNormal(images, 0, 1);
  const one = (i: number) => images.subarray(i * pixels, (i + 1) * pixels);
  await subspaceMargins(runner, one(0), subspaces, deepfool);
  const together = await timed(() => subspaceMargins(runner, images, subspaces, deepfool));
  log(`${name}: ${together.seconds.toPrecision(3)} s together`);
  const apart = await timed(async () => {
    for (let i = 0; i < count; i++)
      for (const subspace of subspaces) await subspaceMargins(runner, one(i), [subspace], deepfool);
  });
  const torch = peer && (await askPeer(peer, { name, onnx, images, subspaces }));
  const ours = together.seconds / count;
  const rate = `${(1 / ours).toPrecision(3)} images a second in ${blocks.length} subspaces`;
  return [
    beside(`margin-${name}-one-by-one`, ours, apart.seconds / count, { own: true, compared: rate }),
    beside(`margin-${name}`, ours, torch && torch.seconds / count, {
      compared: torch ? `${rate}; ${agreement(together.result, torch.norms)}` : rate,
    }),
  ];
}

/** What both sides work on. */
interface Task {
  readonly name: string;
  readonly onnx: Model;
  readonly images: Float32Array;
  readonly subspaces: readonly Matrix[];
}

/** As benchmarks/peer/margin.py answers: norms are null where no other decision was found. */
interface TorchMargins {
  readonly seconds: number;
  readonly norms: readonly (readonly (number | null)[])[];
}

/** PyTorch's margins of the same network at the same images. */
async function askPeer(peer: Peer, { name, onnx, images, subspaces }: Task): Promise<TorchMargins> {
  const folder = mkdtempSync(join(tmpdir(), 'nads-margin-'));
  const files = {
    weights: join(folder, 'weights.npz'),
    images: join(folder, 'images.npy'),
    subspaces: join(folder, 'subspaces.npy'),
  };
  const { channels, height, width } = sizes;
  const count = images.length / pixels;
  const rows = Float32Array.from(subspaces.flatMap(({ data }) => [...data]));
  try {
    writeFileSync(files.weights, encodeNpz(stateOf(onnx)));
    writeFileSync(
      files.images,
      encodeNpy({ dtype: 'float32', shape: [count, channels, height, width], data: images }),
    );
    writeFileSync(
      files.subspaces,
      encodeNpy({ dtype: 'float32', shape: [subspaces.length, block, area], data: rows }),
    );
    return await peer.ask<TorchMargins>({ network: name, ...files, ...deepfool });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Weights under PyTorch's names. */
const stateOf = ({ graph }: Model): Record<string, NdArray> =>
  Object.fromEntries(
    [...graph.initializers]
      .filter(([, { type }]) => type === 'float32')
      .map(([name, { dims, data }]) => [
        name,
        { dtype: 'float32', shape: dims, data: data as Float32Array },
      ]),
  );

function agreement(found: readonly Margin[], norms: TorchMargins['norms']): string {
  const apart = found.map(
    ({ norm, image, subspace }) => Math.abs(norm - (norms[image][subspace] ?? Infinity)) / norm,
  );
  const alike = apart.filter(difference => difference < 1e-3).length;
  return `${alike} of ${apart.length} margins equal PyTorch's to 1e-3`;
}

function waves(index: number): Matrix {
  return directionRows(parseBasis('dct', sizes), index * block, (index + 1) * block);
}

async function timed<T>(run: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const started = performance.now();
  const result = await run();
  return { result, seconds: (performance.now() - started) / 1000 };
}
