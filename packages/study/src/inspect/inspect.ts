import type { Layout, Rows } from '@nads/basis';
import { OptionError } from '@nads/linalg';
import {
  feeds,
  inferShapes,
  flatModel,
  opsetOf,
  weights,
  type Dimension,
  type Model,
  type ValueInfo,
  type Weight,
} from '@nads/onnx';
import { prepare, type Preparation } from '@nads/probe';
import { describeHead } from '../estimate/describe-head.js';
import { memoryOf, shortage } from '../estimate/memory.js';
import type { SourceModel } from '../source-model.js';
import { withOutput } from '../with-output.js';
import { counted } from './counted.js';

/** Settings of an inspection. */
export interface InspectSettings {
  readonly basis?: string;
  /** What is in the file that the basis names, if it names one. */
  readonly rows?: Rows;
  readonly size?: readonly [number, number];
  readonly layout?: Layout;
  /** Which output is analysed; the one that looks like logits if not given. */
  readonly output?: string;
  /** Networks that an estimate would work on at a time. */
  readonly workers: number;
  /** Bytes of memory that an estimate may use. */
  readonly memory?: number;
}

/**
 * What a model contains, and how an estimate would treat it and at what cost; the JSON that `nads inspect` prints.
 * @throws OptionError where a setting is wrong
 */
export function inspect(source: SourceModel, settings: InspectSettings): ModelFacts {
  return { ...contents(source), estimate: forecast(source, settings) };
}

/** What is in a model. */
export type ModelFacts = ReturnType<typeof contents> & { readonly estimate: Forecast };

/** What an estimate would do, or the one line it would refuse with. */
export type Forecast = ReturnType<typeof forecast>;

function contents({ name, bytes, sha256, model, widened = [] }: SourceModel) {
  const { graph, producer, irVersion, opsets } = model;
  return {
    file: name,
    bytes,
    sha256,
    producer: `${producer.name} ${producer.version}`.trim(),
    ir_version: irVersion,
    opset: opsetOf(model),
    opsets: Object.fromEntries(opsets),
    /** Types of half precision that are computed in float32; the facts are those of the widened model. */
    widened,
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
  type: type ?? 'not a tensor',
  dims: dims?.map((size: Dimension) => size ?? '?') ?? null,
});

/** What estimate would do, or the one line it would refuse with. */
function forecast(source: SourceModel, settings: InspectSettings) {
  const { model, output = null } = withOutput(source, settings.output);
  try {
    return { ...describe(model, prepare(model, settings), settings), output };
  } catch (error) {
    if (error instanceof OptionError && Object.hasOwn(settings, error.option)) throw error;
    return { possible: false as const, reason: (error as Error).message };
  }
}

function describe(original: Model, preparation: Preparation, { workers, memory }: InspectSettings) {
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
    weights_pass_through: counted(found.flatMap(({ through }) => through)),
    weights: found.map(describeWeight),
    kept: preparation.architecture.kept,
    head: describeHead(preparation),
    head_treatment: plan.head.kind,
    symmetries,
    channels_probed: plan.probedChannels,
    basis: plan.basis,
    directions,
    images_per_network: imagesPerNetwork,
    macs_per_image: macsPerImage,
    memory_bytes: Math.round(memoryOf(preparation, workers)),
    memory_bytes_per_worker: Math.round(memoryOf(preparation, 1) - memoryOf(preparation, 0)),
    shortage: shortage(preparation, workers, memory) ?? null,
  };
}

function weightsOf(model: Model, { image, batch, plan }: Preparation): readonly Weight[] {
  const free = batch.obstacle === undefined ? batch.model : flatModel(model);
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
