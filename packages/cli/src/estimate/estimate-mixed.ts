import { join } from 'node:path';
import { encodeNpz } from '@nads/dataset';
import { matrix } from '@nads/linalg';
import { opsetOf } from '@nads/onnx';
import {
  drawPoints,
  MixedDerivative,
  mixedDirections,
  mixedModel,
  parseBasis,
  pixelsOf,
  rowsBasis,
  type Basis,
  type MixedDirections,
  type MixedModel,
} from '@nads/probe';
import { encodePng, spectrum } from '@nads/report';
import { matrixProduct } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { requireFolder, writeTogether } from '../files/write-file.js';
import { explain, explainLater } from '../messages/explain.js';
import { duration, Progress } from '../messages/progress.js';
import { shortNumber } from '../messages/short-number.js';
import { loadModel, type LoadedModel } from '../models/load-model.js';
import { estimateOptions, type Options } from './estimate.js';
import { galleryOf } from './gallery-of.js';

/** Directions that are written, unless told otherwise. */
const usual = 32;

/** All that a result is written from. */
interface Written {
  readonly loaded: LoadedModel;
  readonly model: MixedModel;
  readonly basis: Basis;
  readonly points: readonly Float32Array[];
  readonly found: MixedDirections;
  readonly options: Options;
}

/** Writes the right singular vectors of ∂²f/∂θ∂x of one fresh network in the form of `nads estimate`. */
export async function estimateMixed(file: string, options: Options): Promise<void> {
  requireNothingElse(options);
  const loaded = loadModel(file);
  const chosen = estimateOptions(file, loaded, options);
  const model = explain(file, () => mixedModel(loaded.model, chosen));
  const basis = explain(file, () => basisFor(model, chosen));
  const points = chosen.points ?? drawPoints(model.image, options.seed ?? 0, options.points);
  const k = Math.min(options.save ?? usual, basis.size);
  requireFolder(options.out, '--out');
  const say = (text: string): void => void (options.quiet || process.stderr.write(text));
  say(describeMixed(model, basis, points.length, k));
  // sums that are shared out among threads would depend on how many there are
  const open = (bytes: Uint8Array) =>
    explainLater(file, () => nodeRuntime.createSession(bytes, { threads: 1 }));
  const sessions = {
    forward: await open(model.forward.model),
    backward: await open(model.backward.model),
  };
  const progress = new Progress('products', options.quiet);
  const expected = expectedProducts(basis.size, k);
  const found = await explainLater(file, async () =>
    mixedDirections(new MixedDerivative(sessions, model), k, {
      points,
      basis,
      multiply: await matrixProduct(nodeRuntime),
      onProduct: done => progress.update(done, done <= expected ? expected : undefined),
    }),
  ).finally(() => progress.end());
  if (!(found.eigenvalues[0] > 0))
    throw new Error(`${file}: the mixed derivative is zero: no weight changes the gradient`);
  if (!found.converged)
    process.stderr.write(
      `nads: not converged, residual ${found.residual.toExponential(1)}; the last directions are uncertain, take fewer with --save\n`,
    );
  write({ loaded, model, basis, points, found, options });
  say(`${duration(performance.now() / 1000)}, written to ${options.out}\n`);
}

/** @throws where an option asks for what only many networks or secants have. */
function requireNothingElse(options: Options): void {
  const { networks = 1, until, resume, tails, step, head = 'auto' } = options;
  const [refused] = [
    networks !== 1 && '--networks',
    until !== undefined && '--until',
    resume === true && '--resume',
    tails !== undefined && '--tails',
    step !== undefined && '--step',
    head !== 'auto' && head !== 'sampled' && `--head ${head}`,
  ].filter(option => option !== false);
  if (refused)
    throw new Error(
      `${refused}: --probe mixed is of one network at its initialisation; leave it out`,
    );
}

function basisFor(
  { image }: MixedModel,
  { rows, basis = 'pixels' }: ReturnType<typeof estimateOptions>,
): Basis {
  if (!rows) return parseBasis(basis, image);
  const columns = pixelsOf(image);
  return rowsBasis(matrix(rows.length / columns, columns, rows), image);
}

/** Products that Lanczos takes where it need not restart: its basis, a search for what it missed, a check. */
const expectedProducts = (size: number, k: number): number =>
  Math.min(size, Math.max(3 * k, 256)) + Math.min(size, 9 * 16) + k;

function describeMixed(model: MixedModel, basis: Basis, points: number, k: number): string {
  const { image, parameters } = model;
  return [
    `images      ${image.channels}×${image.height}×${image.width} ${image.layout} (${image.reason})`,
    `probe       mixed derivative by ${shortNumber(parameters).trimEnd()} parameters and the image, one network, ${points} point(s)`,
    `symmetries  not averaged over: the derivative is of one network at its point`,
    `directions  the first ${k} of ${basis.size} (${basis.name})`,
    `cost        about ${expectedProducts(basis.size, k)} products or more, two second derivatives each`,
    '',
  ].join('\n');
}

function write(written: Written): void {
  const { model, points, found, options, loaded } = written;
  const { channels, height, width } = model.image;
  const count = found.eigenvalues.length;
  const standardErrors = new Float64Array(count).fill(NaN);
  const dims = [channels, height, width];
  const all = Float32Array.from(points.flatMap(point => [...point]));
  writeTogether([
    [
      join(options.out, 'nads.npz'),
      encodeNpz({
        nads: { dtype: 'float32', shape: [count, pixelsOf(model.image)], data: found.nads },
        eigenvalues: { dtype: 'float64', shape: [count], data: found.eigenvalues },
        standard_errors: { dtype: 'float64', shape: [count], data: standardErrors },
        point: {
          dtype: 'float32',
          shape: points.length === 1 ? dims : [points.length, ...dims],
          data: all,
        },
      }),
    ],
    [join(options.out, 'nads.json'), `${JSON.stringify(summary(written), null, 2)}\n`],
    [join(options.out, 'gallery.png'), encodePng(galleryOf(found, model.image, channels))],
    [
      join(options.out, 'spectrum.svg'),
      spectrum({
        eigenvalues: found.eigenvalues,
        standardErrors,
        title: `Squared singular values of ∂²f/∂θ∂x of ${loaded.file}`,
      }),
    ],
  ]);
}

function summary({ loaded, model, basis, points, found, options }: Written) {
  const { channels, height, width, layout } = model.image;
  return {
    model: {
      file: loaded.file,
      sha256: loaded.sha256,
      producer: loaded.model.producer.name,
      producer_version: loaded.model.producer.version,
      opset: opsetOf(loaded.model),
    },
    networks: 1,
    settings: {
      probe: 'mixed',
      seed: options.seed ?? 0,
      step: null,
      init: options.init ?? 'pytorch',
      head: 'sampled',
      symmetry: 'none',
      basis: basis.name,
      points: points.length,
    },
    image: { channels, height, width, layout },
    directions: {
      saved: found.eigenvalues.length,
      dimension: channels * height * width,
      probed: basis.size,
    },
    parameters: model.parameters,
    lanczos: { residual: found.residual, converged: found.converged },
    stability: null,
    noise_floor: null,
    runtime: nodeRuntime.name,
  };
}
