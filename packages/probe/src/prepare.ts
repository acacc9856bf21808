import { Random } from '@nads/linalg';
import {
  architecture,
  batchDims,
  findHead,
  formatInit,
  freeBatch,
  imageInput,
  inferShapes,
  inlineFunctions,
  isFloating,
  isHead,
  logits,
  macs,
  parseInit,
  symmetries,
  trunk,
  type Architecture,
  type Draw,
  type FreeBatch,
  type Head,
  type ImageInput,
  type Inference,
  type Init,
  type Layout,
  type Model,
  type NoHead,
  type Symmetry,
} from '@nads/onnx';
import { batchSize } from './batch-size.js';
import { withFloatOutput } from './float-output.js';
import { pixelsOf } from './image-shape.js';
import { pieces } from './pieces.js';
import { basisOf } from './network-probe.js';
import type { HeadTreatment, Plan } from './plan.js';
import type { SymmetryGroup } from './symmetry-blocks.js';

/** What a user can choose about an estimate; what is left out is chosen from the graph. */
export interface EstimateOptions {
  readonly layout?: Layout;
  readonly size?: readonly [number, number];
  /** As `parseInit` reads it. */
  readonly init?: string;
  readonly seed?: number;
  /** Half the distance of the two probes of a secant; the paper's is 100. */
  readonly step?: number;
  readonly head?: 'auto' | HeadTreatment['kind'];
  readonly symmetry?: 'auto' | 'none';
  /** As `parseBasis` reads it. */
  readonly basis?: string;
  /** Rows [n, C·H·W] of a basis from a file. */
  readonly rows?: Float64Array;
  /** Fixed points [C·H·W]; drawn from N(0, I) where left out. */
  readonly points?: readonly Float32Array[];
  readonly pointCount?: number;
  /** Images in one run. */
  readonly batch?: number;
  /** How often the layers behind the last convolution are drawn for each network. */
  readonly tails?: number;
}

/** A plan, and how it came about. */
export interface Preparation {
  readonly plan: Plan;
  readonly image: ImageInput;
  readonly head: Head | NoHead;
  readonly batch: FreeBatch;
  readonly symmetries: readonly Symmetry[];
  readonly architecture: Architecture;
  /** Multiply–accumulates of one image. */
  readonly macsPerImage: number;
  /** Images that one network is run on. */
  readonly imagesPerNetwork: number;
  /** Directions of the basis. */
  readonly directions: number;
}

/** Below this step the point and the biases matter, and input channels are not told apart by sign alone. */
export const leastStepForChannels = 10;

/**
 * Plans an estimate of the NADs of a model's architecture.
 * @throws where the model cannot be analysed, saying which node is in the way and what to do.
 */
export function prepare(original: Model, options: EstimateOptions = {}): Preparation {
  const model = withFloatOutput(inlineFunctions(original));
  requireSupported(model);
  const image = imageInput(model, options);
  const batch = freeBatch(model, image);
  const images = batch.obstacle === undefined ? 2 : (image.batch ?? 1);
  const dims = { [image.name]: batchDims(image, images) };
  const fresh = architecture(batch.model, inferShapes(batch.model, dims));
  if (fresh.draws.length === 0)
    throw new Error('no layer with weights was found, so there is nothing to draw');
  const inference = inferShapes(fresh.model, dims);
  requireFloatOutput(fresh.model, inference);
  const head = findHead(fresh.model, inference);
  const init = parseInit(options.init ?? 'pytorch');
  const treatment = treatHead(options.head ?? 'auto', head, fresh, init);
  const network =
    treatment.kind === 'marginalised'
      ? trunk(fresh.model, head as Head)
      : logits(fresh.model, head);
  const draws = fresh.draws.filter(draw => network.graph.initializers.has(draw.name));
  const cut = inferShapes(network, dims);
  requireSpread(draws, init);
  const derived = symmetries(network.graph, cut, image, new Set(draws.map(draw => draw.name)));
  const group = chooseGroup(derived, options, treatment);
  const settings: Omit<Plan, 'body' | 'tail'> = {
    init: formatInit(init),
    seed: options.seed ?? 0,
    layout: image.layout,
    shape: image,
    batch:
      batch.obstacle === undefined
        ? (options.batch ?? batchSize(network.graph, cut, images))
        : images,
    basis: options.basis ?? 'pixels',
    rows: options.rows,
    probedChannels: channelsToProbe(derived, image, options, centred(draws, init)),
    points: options.points ?? drawPoints(image, options),
    step: options.step ?? 100,
    head: treatment,
    group,
  };
  const directions = basisOf(settings).size;
  const imagesPerNetwork = 2 * directions * settings.points.length;
  const free = batch.obstacle === undefined;
  const plan: Plan = {
    ...settings,
    ...pieces(
      network,
      draws,
      image,
      2 * directions,
      free ? (options.tails ?? (treatment.kind === 'sampled' ? 1 : undefined)) : 1,
    ),
  };
  const macsPerImage = macs(network.graph, cut) / images;
  return {
    plan,
    image,
    head,
    batch,
    symmetries: derived,
    architecture: fresh,
    macsPerImage,
    imagesPerNetwork,
    directions,
  };
}

const integerOperators = /^(QLinear|Quantize|Dequantize|DynamicQuantize|ConvInteger|MatMulInteger)/;
const controlFlow = new Set(['If', 'Loop', 'Scan']);

/** Domains of operators that runtimes know beside ONNX's own. */
const knownDomains = new Set(['', 'ai.onnx.ml', 'com.microsoft', 'org.pytorch.aten']);

function requireSupported({ graph }: Model): void {
  for (const { name, outputs, operator, domain } of graph.nodes) {
    const which = `node '${name || outputs[0]}' (${operator})`;
    if (!knownDomains.has(domain))
      throw new Error(
        `${which}: no runtime knows the operators of '${domain}'; export the model with those of ONNX`,
      );
    if (integerOperators.test(operator))
      throw new Error(`${which}: quantised models are not supported; export the float32 model`);
    if (controlFlow.has(operator))
      throw new Error(
        `${which}: control flow is not supported; export the model with fixed shapes`,
      );
  }
}

function requireFloatOutput({ graph }: Model, inference: Inference): void {
  const { name, type } = graph.outputs[0];
  const actual = inference.get(name)?.type ?? type;
  if (!isFloating(actual))
    throw new Error(
      `output '${name}' is ${actual ?? 'no tensor'}, not floating-point; cut the model before it`,
    );
}

function treatHead(
  wanted: 'auto' | HeadTreatment['kind'],
  head: Head | NoHead,
  fresh: Architecture,
  init: Init,
): HeadTreatment {
  if (wanted === 'sampled' || wanted === 'outputs') return { kind: wanted };
  const draw = isHead(head) ? drawOfHead(head, fresh) : undefined;
  if (draw) return { kind: 'marginalised', ...init[draw.kind].moments(draw) };
  if (wanted === 'auto') return { kind: 'sampled' };
  throw new Error(
    `--head marginalised: ${isHead(head) ? 'the weights of the last layer are not drawn' : head.obstacle}; use --head sampled`,
  );
}

/** The weights of the head, behind whatever carries them to it. */
function drawOfHead({ node, weight }: Head, { model, draws }: Architecture): Draw | undefined {
  const made = new Map(model.graph.nodes.map(maker => [maker.outputs[0], maker]));
  let name = node.inputs[weight];
  for (let maker = made.get(name); maker; maker = made.get(name)) name = maker.inputs[0];
  return draws.find(draw => draw.name === name);
}

/**
 * Symmetries are averaged over where the graph has them and the basis is closed under them. One output
 * alone is not invariant where the outputs are a map that moves along.
 */
function chooseGroup(
  derived: readonly Symmetry[],
  { symmetry = 'auto', rows }: EstimateOptions,
  { kind }: HeadTreatment,
): SymmetryGroup {
  const use = symmetry === 'auto' && !rows;
  const isUsed = ({ holds, movesOutputs }: Symmetry): boolean =>
    use && holds && !(movesOutputs && kind === 'sampled');
  const holds = (name: Symmetry['relabelling']): boolean =>
    derived.some(found => found.relabelling === name && isUsed(found));
  const [flipRows, flipColumns] = [holds('flip rows'), holds('flip columns')];
  const transposition = holds('transposition');
  const consistent = !transposition || flipRows === flipColumns;
  return {
    flipRows: flipRows && consistent,
    flipColumns: flipColumns && consistent,
    transposition,
  };
}

/** One channel where they are exchangeable and their weights are as likely with the other sign. */
function channelsToProbe(
  derived: readonly Symmetry[],
  image: ImageInput,
  { symmetry = 'auto', rows, step = 100 }: EstimateOptions,
  isCentred: boolean,
): number {
  const exchangeable = derived.some(
    ({ relabelling, holds }) => relabelling === 'channels' && holds,
  );
  const use = symmetry === 'auto' && !rows && step >= leastStepForChannels;
  return use && exchangeable && isCentred ? 1 : image.channels;
}

/** Whether weights have mean zero. */
const centred = (draws: readonly Draw[], init: Init): boolean =>
  draws.every(draw => draw.role !== 'weight' || init[draw.kind].moments(draw).mean === 0);

/** @throws where a layer would get no spread: a file of untrained, equal weights drawn 'like the file'. */
function requireSpread(draws: readonly Draw[], init: Init): void {
  const flat = draws.find(
    draw =>
      draw.role === 'weight' &&
      (draw.kind === 'conv' || draw.kind === 'linear') &&
      init[draw.kind].moments(draw).variance === 0,
  );
  if (flat)
    throw new Error(
      `--init like-file: all weights of '${flat.name}' are equal in the file; choose another scheme`,
    );
}

function drawPoints(
  image: ImageInput,
  { seed = 0, pointCount = 1 }: EstimateOptions,
): Float32Array[] {
  const random = new Random(seed).fork('point');
  return Array.from({ length: pointCount }, (_, i) => {
    const point = new Float32Array(pixelsOf(image));
    random.fork(i).fillNormal(point, 0, 1);
    return point;
  });
}
