import { Random, fromRows, planeWaves } from '@nads/linalg';
import { gradientModel, GradientRunner, subspaceMargins } from '@nads/probe';
import { nodeRuntime } from '@nads/runtime/node';
import { architectureOf, freshNetwork } from '@nads/train';
import { chooseBackend } from '@nads/train/node';
import { beside } from './lib/shortest.mjs';

const networks = [
  { name: 'lenet', images: 16 },
  { name: 'resnet20', images: 4 },
];

const sizes = { channels: 3, height: 32, width: 32, classes: 10 };
const area = sizes.height * sizes.width;
/** Directions of a block, and which blocks of cosines. */
const block = 16;
const blocks = [0, 20, 40, 63];

/** Seconds an image for its margins in four subspaces: all images and subspaces side by side, against one after the other. */
export async function run({ log, only }) {
  await chooseBackend('cpu');
  const results = [];
  for (const network of networks.filter(({ name }) => !only || name === only))
    results.push(await compare(network, log));
  return { results, peer: 'our own search, one image and one subspace at a time' };
}

async function compare({ name, images: count }, log) {
  const runner = await open(name);
  const subspaces = blocks.map(waves);
  const pixels = sizes.channels * area;
  const images = new Float32Array(count * pixels);
  new Random(2).fillNormal(images, 0, 1);
  const one = i => images.subarray(i * pixels, (i + 1) * pixels);
  await subspaceMargins(runner, one(0), subspaces);
  const together = await secondsOf(() => subspaceMargins(runner, images, subspaces));
  log(`${name}: ${together.toPrecision(3)} s together`);
  const apart = await secondsOf(async () => {
    for (let i = 0; i < count; i++)
      for (const subspace of subspaces) await subspaceMargins(runner, one(i), [subspace]);
  });
  return beside(`margin-${name}`, together / count, apart / count, {
    compared: `${(count / together).toPrecision(3)} images a second in ${blocks.length} subspaces`,
  });
}

async function open(name) {
  const { onnx } = freshNetwork(architectureOf(name), sizes, { random: new Random(0) });
  const model = gradientModel(onnx);
  return GradientRunner.open(await nodeRuntime.createSession(model.model), model);
}

function waves(index) {
  const { wave } = planeWaves('cosine', sizes.height, sizes.width);
  return fromRows(Array.from({ length: block }, (_, i) => wave(index * block + i)));
}

async function secondsOf(run) {
  const started = performance.now();
  await run();
  return (performance.now() - started) / 1000;
}
