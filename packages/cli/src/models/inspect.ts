import {
  feeds,
  opsetOf,
  weights,
  inferShapes,
  inlineFunctions,
  type Dimension,
  type Layout,
  type Model,
  type ValueInfo,
  type Weight,
} from '@nads/onnx';
import { prepare, type Preparation } from '@nads/probe';
import { availableParallelism } from 'node:os';
import { describeHead } from '../estimate/describe-plan.js';
import { memoryOf, shortage } from '../estimate/memory.js';
import { shortNumber } from '../messages/short-number.js';
import { loadModel, type LoadedModel } from './load-model.js';

interface Options {
  readonly json?: boolean;
  readonly basis?: string;
  readonly size?: readonly [number, number];
  readonly layout?: Layout;
}

/** Prints what is in a model, and what estimate would do with it and cost. */
export function inspect(file: string, options: Options): void {
  const loaded = loadModel(file);
  const facts = { ...contents(loaded), estimate: forecast(loaded.model, options) };
  process.stdout.write(options.json ? `${JSON.stringify(facts, null, 2)}\n` : asText(facts));
}

type Facts = ReturnType<typeof contents> & { readonly estimate: ReturnType<typeof forecast> };

function contents({ file, bytes, sha256, model }: LoadedModel) {
  const { graph, producer, irVersion, opsets } = model;
  return {
    file,
    bytes,
    sha256,
    producer: `${producer.name} ${producer.version}`.trim(),
    ir_version: irVersion,
    opset: opsetOf(model),
    opsets: Object.fromEntries(opsets),
    inputs: feeds(graph).map(describeValue),
    outputs: graph.outputs.map(describeValue),
    operators: counted(
      graph.nodes.map(({ operator, domain }) => (domain ? `${domain}.${operator}` : operator)),
    ),
    functions: model.functions.map(({ name }) => name),
  };
}

const describeValue = ({ name, type, dims }: ValueInfo) => ({
  name,
  type: type ?? 'no tensor',
  dims: dims?.map((size: Dimension) => size ?? '?') ?? null,
});

/** How often each name occurs, most frequent first. */
function counted(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a, m], [b, n]) => n - m || a.localeCompare(b)));
}

/** What estimate would do, or the one line it would refuse with. */
function forecast(model: Model, options: Options) {
  try {
    return describe(model, prepare(model, options));
  } catch (error) {
    return { possible: false as const, reason: (error as Error).message };
  }
}

function describe(original: Model, preparation: Preparation) {
  const { plan, image, batch, symmetries, macsPerImage, imagesPerNetwork, directions } =
    preparation;
  const found = weightsOf(original, preparation);
  return {
    possible: true as const,
    image: {
      input: image.name,
      layout: image.layout,
      reason: image.reason,
      channels: image.channels,
      height: image.height,
      width: image.width,
    },
    batch: {
      free: batch.obstacle === undefined,
      obstacle: batch.obstacle ?? null,
      rewritten: batch.rewritten,
      images_per_run: plan.batch,
    },
    parameters: found.reduce((sum, { dims }) => sum + dims.reduce((a, b) => a * b, 1), 0),
    weights_live_in: counted(found.map(weight => weight.origin.storage)),
    weights_pass_through: counted(found.flatMap(weight => weight.origin.through)),
    weights: found.map(describeWeight),
    head: describeHead(preparation),
    head_treatment: plan.head.kind,
    symmetries,
    channels_probed: plan.probedChannels,
    basis: plan.basis,
    directions,
    images_per_network: imagesPerNetwork,
    macs_per_image: macsPerImage,
    memory_bytes: Math.round(memoryOf(preparation, availableParallelism())),
    shortage: shortage(preparation, availableParallelism()) ?? null,
  };
}

function weightsOf(model: Model, { image, batch, plan }: Preparation): Weight[] {
  const free = batch.obstacle === undefined ? batch.model : inlineFunctions(model);
  const { channels, height, width } = image;
  const dims =
    plan.layout === 'NCHW'
      ? [plan.batch, channels, height, width]
      : [plan.batch, height, width, channels];
  return weights(free.graph, inferShapes(free, { [image.name]: dims }));
}

const describeWeight = ({ layer, kind, role, dims, fanIn, fanOut, origin }: Weight) => ({
  layer,
  kind,
  role,
  dims,
  fan_in: fanIn,
  fan_out: fanOut,
  stored_in: origin.storage,
  name: origin.name,
});

function asText(facts: Facts): string {
  const value = ({ name, type, dims }: Facts['inputs'][number]): string =>
    `${name} ${type} [${dims?.join(', ') ?? '?'}]`;
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([name, n]) => `${name} ${n}`)
      .join(', ');
  return lines([
    ['file', `${facts.file} (${facts.bytes} bytes)`],
    ['sha256', facts.sha256],
    ['producer', `${facts.producer || 'unknown'}, IR ${facts.ir_version}, opset ${facts.opset}`],
    ['inputs', facts.inputs.map(value).join('; ')],
    ['outputs', facts.outputs.map(value).join('; ')],
    ['operators', list(facts.operators)],
    ...(facts.estimate.possible
      ? forecastLines(facts.estimate, list)
      : [['estimate', `not possible: ${facts.estimate.reason}`] as const]),
  ]);
}

type Possible = Extract<Facts['estimate'], { possible: true }>;

function forecastLines(
  e: Possible,
  list: (counts: Readonly<Record<string, number>>) => string,
): (readonly [string, string])[] {
  const { image } = e;
  return [
    ['image', `${image.channels}×${image.height}×${image.width} ${image.layout}: ${image.reason}`],
    [
      'batch',
      e.batch.free
        ? `free${e.batch.rewritten.length > 0 ? ` (once ${e.batch.rewritten.join(', ')} is rewritten)` : ''}`
        : `fixed: ${e.batch.obstacle}`,
    ],
    [
      'parameters',
      `${e.parameters.toLocaleString('en')} in ${e.weights.length} tensors: ${list(e.weights_live_in)}${Object.keys(e.weights_pass_through).length > 0 ? `, through ${list(e.weights_pass_through)}` : ''}`,
    ],
    ['layers', list(layersByKind(e.weights))],
    ['MACs', `${e.macs_per_image.toLocaleString('en')} an image, up to the features`],
    ['head', e.head],
    ...e.symmetries.map(
      ({ relabelling, holds, reason }) =>
        [relabelling, `${holds ? 'holds' : 'broken'}: ${reason}`] as const,
    ),
    [
      'estimate',
      `${e.directions} directions (${e.basis}), ${e.images_per_network.toLocaleString('en')} images a network, ${e.batch.images_per_run} a run, ${e.shortage ? `not possible: ${e.shortage}` : `about ${shortNumber(e.memory_bytes)}B`}`,
    ],
  ];
}

const layersByKind = (all: Possible['weights']): Record<string, number> =>
  counted(all.filter(({ role }) => role === 'weight' || role === 'scale').map(({ kind }) => kind));

const lines = (rows: readonly (readonly [string, string])[]): string =>
  rows.map(([name, text]) => `${name.padEnd(14)} ${text}\n`).join('');
