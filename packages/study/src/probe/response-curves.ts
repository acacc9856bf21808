import { pixelsOf, type Layout } from '@nads/basis';
import { OptionError } from '@nads/linalg';
import { writeModel, type ImageInput } from '@nads/onnx';
import { outputsOf, ownNetwork, type OwnNetwork } from '@nads/probe';
import type { Session } from '@nads/runtime';
import type { Environment } from '../environment.js';
import { about } from '../named-error.js';
import { requireWhole } from '../require-whole.js';
import type { SourceModel } from '../source-model.js';
import { modelOfWeights, type WeightSettings } from '../trained/model-of-weights.js';
import { ownBinding } from './own-binding.js';
import { requireOutputs } from './require-outputs.js';
import { triedSession } from './tried-session.js';

/** Lines through a point of the images of a model. */
export interface ResponseLines {
  /** x₀: [C·H·W] */
  readonly point: Float32Array;
  /** u of each line, of unit length: [C·H·W] */
  readonly directions: readonly ArrayLike<number>[];
}

/** Settings of responses along lines. */
export interface ResponseSettings extends WeightSettings {
  /** h: t goes from −h to h. */
  readonly reach: number;
  /** Steps on either side of x₀; 32 if not given. */
  readonly steps?: number;
  /** Which logit, counted from 0; the first if not given. */
  readonly outputIndex?: number;
  readonly size?: readonly [number, number];
  readonly layout?: Layout;
}

/** Responses of a model along lines. */
export interface ResponseCurves {
  /** From −h to h, 0 in the middle. */
  readonly t: Float64Array;
  /** f(x₀ + t·u) of each line. */
  readonly responses: readonly Float64Array[];
  /** Logits of the model. */
  readonly outputs: number;
}

/**
 * How one logit of a model changes along lines, f(x₀ + t·u) for t from −h to h: with the file's own weights, or with those of
 * the first network of a seed.
 * @throws where the model is not an image model, or a value is not finite; OptionError for a point or a direction of another
 *   size, a reach that is not above 0, or an output that there is not
 */
export async function responseCurves(
  source: SourceModel,
  lines: ResponseLines,
  settings: ResponseSettings,
  { runtime, signal }: Environment,
): Promise<ResponseCurves> {
  const { size, layout } = settings;
  const t = placesWithin(settings);
  const own = about(source.name, () =>
    ownNetwork(modelOfWeights(source.model, settings), { of: 'logits', size, layout }),
  );
  requireFitting(lines, own.image);
  const session = await runtime.createSession(writeModel(own.network));
  try {
    return await about(source.name, () => alongLines(session, own, lines, t, settings, signal));
  } finally {
    await session.release();
  }
}

/** t from −h to h. @throws OptionError */
function placesWithin({ reach, steps = 32 }: ResponseSettings): Float64Array {
  requireWhole({ steps });
  if (!(reach > 0 && reach < Infinity))
    throw new OptionError('reach', `expected a number above 0, got ${reach}`);
  return Float64Array.from({ length: 2 * steps + 1 }, (_, i) => (reach * (i - steps)) / steps);
}

function requireFitting({ point, directions }: ResponseLines, image: ImageInput): void {
  const pixels = pixelsOf(image);
  const wrong = [point, ...directions].find(({ length }) => length !== pixels);
  if (wrong)
    throw new OptionError(
      'directions',
      `points and directions have ${wrong.length} numbers, an image of the model has ${pixels}`,
    );
}

async function alongLines(
  session: Session,
  own: OwnNetwork,
  { point, directions }: ResponseLines,
  t: Float64Array,
  { outputIndex = 0 }: ResponseSettings,
  signal?: AbortSignal,
): Promise<ResponseCurves> {
  const binding = ownBinding(own);
  const { outputs, mixesImages } = await triedSession(session, own.image, binding);
  requireOutputs([outputIndex], outputs);
  const taken = mixesImages ? { ...binding, batch: 1 } : binding;
  const responses: Float64Array[] = [];
  for (const direction of directions) {
    const response = new Float64Array(t.length);
    for (let first = 0; first < t.length; first += taken.batch) {
      signal?.throwIfAborted();
      const images = imagesAlong(point, direction, t, first, taken.batch);
      const values = await outputsOf(session, taken, own.image, images);
      for (let i = 0; i < taken.batch && first + i < t.length; i++)
        response[first + i] = values[i * outputs + outputIndex];
    }
    requireFinite(t, response);
    responses.push(response);
  }
  return { t, responses, outputs };
}

/** x₀ + t·u of some t, the last of all again where there are no more: [count × C·H·W] */
function imagesAlong(
  point: Float32Array,
  direction: ArrayLike<number>,
  t: Float64Array,
  first: number,
  count: number,
): Float32Array {
  const pixels = point.length;
  return Float32Array.from({ length: count * pixels }, (_, at) => {
    const i = Math.min(first + Math.floor(at / pixels), t.length - 1);
    return point[at % pixels] + t[i] * direction[at % pixels];
  });
}

/** @throws where a value is not finite, saying where */
function requireFinite(t: Float64Array, response: Float64Array): void {
  const wrong = response.findIndex(value => !Number.isFinite(value));
  if (wrong < 0) return;
  throw new OptionError(
    'reach',
    `f(x₀ + t·u) is ${response[wrong]} at t = ${t[wrong].toPrecision(3)}; take a smaller reach`,
  );
}
