import { OptionError } from '@nads/linalg';
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
  logits,
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
import type { Rows } from '@nads/basis';
import { averaging } from './averaging.js';
import { chosenBasis, nameOfRows } from './chosen-basis.js';
import { drawPoints } from './draw-points.js';
import { withFloatOutput } from './float-output.js';
import { gradientWork } from './gradient-work.js';
import { basisOf } from './basis-of.js';
import { headTreatment, type HeadTreatment } from './head-treatment.js';
import type { Plan } from './plan.js';
import { secantWork, type DrawnNetwork } from './secant-work.js';

/** What a user can choose about an estimate; what is left out is chosen from the graph. */
export interface EstimateOptions {
  readonly layout?: Layout;
  readonly size?: readonly [number, number];
  /** As `parseInit` reads it. */
  readonly init?: string;
  readonly seed?: number;
  /** Wide secants, the paper's, or exact gradients. */
  readonly probe?: Plan['probe'];
  /** Half the distance of the two probes of a secant; the paper's is 100. Gradients have none. */
  readonly step?: number;
  readonly head?: 'auto' | HeadTreatment['kind'];
  readonly symmetry?: 'auto' | 'none';
  /** As `parseBasis` reads it. */
  readonly basis?: string;
  /** Directions of whole images or of one channel, instead of a basis by name or under the name of their file. */
  readonly rows?: Rows;
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
  /** Why symmetries of the graph are averaged over or not, where that is not plain. */
  readonly symmetryNote?: string;
  readonly architecture: Architecture;
  /** Multiply–accumulates of one image, for gradients forward and back. */
  readonly macsPerImage: number;
  /** Images that one network is run on, for gradients forward and back. */
  readonly imagesPerNetwork: number;
  /** Directions of the basis. */
  readonly directions: number;
}

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
  const treatment = headTreatment(options.head ?? 'auto', head, fresh, init);
  const network =
    treatment.kind === 'marginalised'
      ? trunk(fresh.model, head as Head)
      : logits(fresh.model, head);
  const draws = fresh.draws.filter(draw => network.graph.initializers.has(draw.name));
  const cut = inferShapes(network, dims);
  requireSpread(draws, init);
  const basis = chosenBasis(
    options.basis ?? (options.rows ? nameOfRows : 'pixels'),
    options.rows,
    image,
  );
  const derived = symmetries(network.graph, cut, image, new Set(draws.map(draw => draw.name)));
  const isCentred = centred(draws, init);
  const chosen = averaging(derived, image, options, { head: treatment.kind, isCentred, basis });
  const settings: Omit<Plan, 'body' | 'tail' | 'batch'> = {
    probe: options.probe ?? 'secant',
    init: formatInit(init),
    seed: options.seed ?? 0,
    layout: image.layout,
    shape: image,
    basis: basis.name,
    rows: options.rows,
    probedChannels: chosen.probedChannels,
    points: options.points ?? drawPoints(image, options.seed ?? 0, options.pointCount ?? 1),
    step: options.probe === 'gradient' ? 0 : (options.step ?? 100),
    head: treatment,
    group: chosen.group,
  };
  const directions = basisOf(settings).size;
  const drawn: DrawnNetwork = {
    network,
    draws,
    image,
    images,
    isFree: batch.obstacle === undefined,
  };
  const work =
    settings.probe === 'gradient'
      ? gradientWork(drawn, treatment, options)
      : secantWork(drawn, treatment, directions, options);
  return {
    plan: { ...settings, ...work.plan },
    image,
    head,
    batch,
    symmetries: derived,
    symmetryNote: chosen.note,
    architecture: fresh,
    macsPerImage: work.macsPerImage,
    imagesPerNetwork: work.images * settings.points.length,
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
    throw new OptionError(
      'init',
      `like-file: all weights of '${flat.name}' are equal in the file; choose another scheme`,
    );
}
