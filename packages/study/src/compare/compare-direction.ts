import { matrix, overlap } from '@nads/linalg';
import type { Environment } from '../environment.js';
import type { NadsResult } from '../estimate/nads-codec.js';
import type { NadsSummary } from '../estimate/nads-summary.js';
import { responseCurves, type ResponseCurves } from '../probe/response-curves.js';
import type { SourceModel } from '../source-model.js';
import { withOutput } from '../with-output.js';
import { directionOf } from './direction-pair.js';

/** A result, and the model that it is of where that is at hand. */
export interface ComparedResult {
  readonly result: NadsResult;
  readonly source?: SourceModel;
}

/** Which direction of two results is compared, and how models respond to it. */
export interface DirectionSettings {
  /** Counted from 0. */
  readonly index: number;
  /** Weights of the file, or those of the first network that was drawn; 'fresh' if not given. */
  readonly weights?: 'file' | 'fresh';
  /** t goes from −reach to reach; the larger step of the two estimates if not given, 1 where both are of gradients. */
  readonly reach?: number;
  /** Which logit, counted from 0; the first if not given. */
  readonly outputIndex?: number;
}

/** One direction of two results. */
export interface ComparedDirection {
  readonly index: number;
  readonly results: readonly [NadsResult, NadsResult];
  /** |cos| of the angle between the two; undefined where they are of different sizes. */
  readonly cosine?: number;
  readonly reach: number;
  readonly outputIndex: number;
  readonly weights: 'file' | 'fresh';
  /** Of each model, along the directions of both results. */
  readonly responses: readonly [ModelResponse, ModelResponse];
}

/** Responses of a model, or why there are none. */
export type ModelResponse =
  { readonly model: string; readonly curves: ResponseCurves } | { readonly missing: string };

/**
 * Direction number `index` of two results, and how the model of each responds to both, at the point that it was estimated at.
 * @throws OptionError where a result has not so many directions, a reach is not above 0, or there is no such output; an error
 *   where a model is not the one that a result is of
 */
export async function compareDirection(
  compared: readonly [ComparedResult, ComparedResult],
  { index, weights = 'fresh', reach: given, outputIndex = 0 }: DirectionSettings,
  environment: Environment,
): Promise<ComparedDirection> {
  const [a, b] = compared;
  const directions = [directionOf(a.result, index), directionOf(b.result, index)];
  const reach = given ?? Math.max(stepOf(a.result), stepOf(b.result));
  const fits = directions[0].length === directions[1].length;
  const responseOf = async ({ result, source }: ComparedResult): Promise<ModelResponse> => {
    const { name, point, summary } = result;
    if (!source) return { missing: `${name}: its model is not at hand` };
    if (!point || !summary)
      return { missing: `${name}: it does not say at which point it was estimated` };
    if (!fits) return { missing: `${name}: the two results are of images of different sizes` };
    requireSame(source, name, summary);
    const { seed, init } = summary.settings;
    const curves = await responseCurves(
      withOutput(source, summary.model.output),
      { point, directions },
      {
        reach,
        outputIndex,
        weights,
        ...(weights === 'fresh' && { seed, init }),
        size: [summary.image.height, summary.image.width],
        layout: summary.image.layout,
      },
      environment,
    );
    return { model: source.name, curves };
  };
  return {
    index,
    results: [a.result, b.result],
    cosine: fits ? cosineOf(directions) : undefined,
    reach,
    outputIndex,
    weights,
    responses: [await responseOf(a), await responseOf(b)],
  };
}

const stepOf = ({ summary }: NadsResult): number => summary?.settings.step ?? 1;

const cosineOf = ([a, b]: readonly Float64Array[]): number =>
  Math.sqrt(overlap(matrix(1, a.length, a), matrix(1, b.length, b), 1));

/** @throws where a model has other contents than the one that a result is of */
function requireSame({ name, sha256 }: SourceModel, result: string, { model }: NadsSummary): void {
  if (sha256 === model.sha256) return;
  throw new Error(
    `${name}: not the model that ${result} was estimated of (sha256 ${sha256.slice(0, 16)}, nads.json says ${model.sha256.slice(0, 16)})`,
  );
}
