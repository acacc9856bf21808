import { readFileSync } from 'node:fs';
import { Random } from '@nads/linalg';
import { readModel, type Model } from '@nads/onnx';
import {
  analysedNetwork,
  channelGroups,
  channelUnit,
  chooseChannels,
  chunksByImportance,
  measureImportance,
  shrink,
  type Criterion,
  type Minibatch,
} from '@nads/prune';
import { float32 } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { architectureOf, freshNetwork } from '@nads/train';
import { chooseBackend } from '@nads/train/node';
import { againstTorch, torchContenders } from './lib/against-torch.ts';
import { beside, type Result } from './lib/beside.ts';
import type { Log } from './lib/logged.ts';
import { openPeer, reportOf, type Peer } from './lib/peer.ts';
import { shortest } from './lib/shortest.ts';
import type { Outcome } from './lib/table.ts';
import type { RunOptions } from './run.ts';

const images = 512;
const batch = 32;
const classes = 10;

/** Images in a batch that PyTorch is tried with. */
const batches = [16, 32, 64, 128];

/** Of the graph part of a DenseNet-121, in seconds. */
const graphTarget = 2;

/** Networks that `--only` can name. */
export const choice = ['resnet20', 'densenet121'];

/**
 * Seconds for the importance of all filters of a ResNet-20 over 512 images, sessions and derivatives of the graph included, against
 * PyTorch's forward and backward passes; and for the graph part of pruning a DenseNet-121.
 */
export async function run({ log, only }: RunOptions): Promise<Outcome> {
  if (only === 'densenet121') return { results: [await graphPart()], ...reportOf(undefined) };
  await chooseBackend('cpu');
  const peer = await openPeer('prune.py', log);
  const results = await importance(peer, log);
  peer?.close();
  return { results: only ? results : [...results, await graphPart()], ...reportOf(peer), notes };
}

const notes = [
  'PyTorch takes first-order importance; `diagonal` takes a further backward pass for each class.',
];

async function importance(peer: Peer | undefined, log: Log): Promise<Result[]> {
  const { onnx } = freshNetwork(
    architectureOf('resnet20'),
    { channels: 3, height: 32, width: 32, classes },
    { random: new Random(0) },
  );
  const given = noise();
  const ask = async (size: number): Promise<number> =>
    (await peer!.ask<{ seconds: number }>({ images, batch: size })).seconds / images;
  const torch =
    peer && (await torchContenders({ ask, batches, scan: 0, measurement: 0 }, batch, log));
  const ours = (criterion: Criterion) => () => secondsPerImage(onnx, given, criterion);
  const best = await shortest(
    3,
    { ours: ours('first-order'), diagonal: ours('diagonal'), ...torch?.contenders },
    90,
  );
  const rows = againstTorch('prune-importance-resnet20', best, torch, {
    how: `batch ${batch}`,
    target: 1,
    images,
  });
  const { diagonal = NaN, torchAtBest } = best;
  return [
    ...rows,
    beside(
      'prune-importance-resnet20-diagonal',
      images * diagonal,
      torchAtBest && images * torchAtBest,
      {
        compared: 'the default criterion; PyTorch, first order at its best',
      },
    ),
  ];
}

async function secondsPerImage(
  model: Model,
  given: readonly Minibatch[],
  criterion: Criterion,
): Promise<number> {
  const started = performance.now();
  const channels = channelGroups(model, { [model.graph.inputs[0].name]: [1, 3, 32, 32] });
  const analysed = analysedNetwork(channels);
  const units = channels.groups.flatMap(group =>
    group.channels.map(channel => channelUnit(channel, analysed.filters)),
  );
  await measureImportance({ analysed, inference: channels.inference, units, classes }, criterion, {
    runtime: nodeRuntime,
    batches: given,
    random: new Random(0),
  });
  return (performance.now() - started) / 1000 / images;
}

function noise(): Minibatch[] {
  return Array.from({ length: images / batch }, (_, b) => {
    const data = new Float32Array(batch * 3 * 32 * 32);
    new Random(b).fillNormal(data, 0, 1);
    const labels = Array.from({ length: batch }, (__, i) => (b * batch + i) % classes);
    return { images: float32(data, [batch, 3, 32, 32]), labels };
  });
}

/** Groups, sizes and the smaller model of a DenseNet-121 without a fifth of its multiply–accumulates. */
async function graphPart(): Promise<Result> {
  const file = new URL('../models/densenet121-1x32x32.onnx', import.meta.url);
  const model = readModel(readFileSync(file), 'densenet121');
  const { ours = NaN } = await shortest(3, { ours: async () => secondsOfGraph(model) });
  return beside('prune-graph-densenet121', ours, undefined, { target_seconds: graphTarget });
}

function secondsOfGraph(model: Model): number {
  const started = performance.now();
  const channels = channelGroups(model, { [model.graph.inputs[0].name]: [1, 1, 32, 32] });
  const random = new Random(0);
  const values = channels.groups.map(group => group.channels.map(() => random.next()));
  const total = values.reduce((sum, { length }) => sum + length, 0);
  const chunks = chunksByImportance(channels.groups, values);
  shrink(channels, chooseChannels(channels, chunks, { channels: Math.round(total / 5) }));
  return (performance.now() - started) / 1000;
}
