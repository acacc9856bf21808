import { inChannels, pixelsOf, type Basis } from '@nads/basis';
import { OptionError } from '@nads/linalg';
import {
  chosenBasis,
  drawPoints,
  MixedDerivative,
  mixedDirections,
  mixedModel,
  nameOfRows,
  type EstimateOptions,
  type MixedDirections,
  type MixedModel,
} from '@nads/probe';
import { matrixProduct, type Session } from '@nads/runtime';
import type { Environment } from '../environment.js';
import { about } from '../named-error.js';
import { requireAtMost } from '../require-at-most.js';
import type { SourceModel } from '../source-model.js';

/** Settings of the singular vectors of a mixed derivative. */
export interface MixedSettings extends Pick<
  EstimateOptions,
  'basis' | 'init' | 'layout' | 'pointCount' | 'points' | 'rows' | 'seed' | 'size'
> {
  /** Number of leading directions to compute; 32 if not given. */
  readonly save?: number;
}

/** What will be done. */
export interface MixedPlan {
  readonly model: MixedModel;
  readonly basis: Basis;
  readonly points: readonly Float32Array[];
  /** Directions that are wanted. */
  readonly wanted: number;
  /** Products that this takes where the search need not start over. */
  readonly expectedProducts: number;
}

/** Right singular vectors of ∂²f/∂θ∂x of one network at its initialisation. */
export interface MixedEstimate extends Omit<MixedPlan, 'wanted' | 'expectedProducts'> {
  readonly source: SourceModel;
  readonly settings: MixedSettings;
  readonly found: MixedDirections;
  /** Of the runtime. */
  readonly runtime: string;
}

/** How it is monitored and stopped. */
export interface MixedEnvironment extends Environment {
  readonly onPlan?: (plan: MixedPlan) => void;
}

/** Number of directions by default. */
const usual = 32;

/**
 * Leading right singular vectors of the mixed derivative ∂²f/∂θ∂x of one fresh network (Ortiz-Jiménez, Moosavi-Dezfooli &
 * Frossard, NeurIPS 2021), eigenvalues being squared singular values.
 * @throws where an operator has no gradient, or no weight changes the gradient
 */
export async function estimateMixed(
  source: SourceModel,
  settings: MixedSettings,
  environment: MixedEnvironment,
): Promise<MixedEstimate> {
  const { name } = source;
  const { runtime, store, onPlan, onProgress, signal } = environment;
  const plan = about(name, () => planMixed(source, settings));
  const { model, basis, points, wanted, expectedProducts } = plan;
  await store?.ready();
  onPlan?.(plan);
  // sums that are shared out among threads would depend on how many there are
  const open = (bytes: Uint8Array): Promise<Session> =>
    about(name, () => runtime.createSession(bytes, { threads: 1 }));
  const sessions = {
    forward: await open(model.forward.model),
    backward: await open(model.backward.model),
  };
  const multiply = await matrixProduct(runtime);
  const found = await about(name, () =>
    mixedDirections(new MixedDerivative(sessions, model), wanted, {
      points,
      basis,
      multiply,
      signal,
      onProgress: progress =>
        onProgress?.({
          ...progress,
          total: progress.done <= expectedProducts ? expectedProducts : undefined,
        }),
    }),
  );
  if (!(found.eigenvalues[0] > 0))
    throw new Error(`${name}: the mixed derivative is zero: no weight changes the gradient`);
  return { source, settings, model, basis, points, found, runtime: runtime.name };
}

function planMixed({ model: original }: SourceModel, settings: MixedSettings): MixedPlan {
  const { basis = settings.rows ? nameOfRows : 'pixels', rows, seed = 0, save = usual } = settings;
  if (!(Number.isSafeInteger(save) && save >= 1))
    throw new OptionError('save', `${save} is not a positive integer`);
  const model = mixedModel(original, settings);
  const chosen = inChannels(chosenBasis(basis, rows, model.image), model.image);
  requireAtMost('save', settings.save, { most: chosen.size, what: 'directions' });
  const points = settings.points ?? drawPoints(model.image, seed, settings.pointCount ?? 1);
  const wrong = points.findIndex(({ length }) => length !== pixelsOf(model.image));
  if (wrong >= 0)
    throw new OptionError(
      'points',
      `point ${wrong} has ${points[wrong].length} numbers, images have ${pixelsOf(model.image)}`,
    );
  const wanted = Math.min(save, chosen.size);
  return {
    model,
    basis: chosen,
    points,
    wanted,
    expectedProducts: expectedOf(chosen.size, wanted),
  };
}

/** Products that Lanczos takes where it need not restart: its basis, a search for what it missed, a check. */
const expectedOf = (size: number, k: number): number =>
  Math.min(size, Math.max(3 * k, 256)) + Math.min(size, 9 * 16) + k;
