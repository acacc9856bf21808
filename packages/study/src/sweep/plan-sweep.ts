import type { Address, Basis, ImageShape } from '@nads/basis';
import { requireSeparable } from '@nads/dataset';
import { OptionError } from '@nads/linalg';
import type { Model } from '@nads/onnx';
import type { Architecture, DirectionTask, Recipe } from '@nads/train';
import { directionAlong, shapeAlong } from '../along.js';
import { digestOfDirections } from '../digest-of-directions.js';
import type { Identity } from '../identity.js';

/** Settings of a sweep; the published schedule by default. */
export interface SweepSettings extends Partial<Omit<Recipe, 'dims'>> {
  /** Of the images; as many as the basis's directions have if not given. */
  readonly channels?: number;
  /** False removes all downsampling: pooling, strides, spatial averages. */
  readonly pooling?: boolean;
  /** Of a network for each direction each; 0 if not given. */
  readonly seeds?: readonly number[];
}

/** One network of a sweep. */
export interface SweepTask {
  readonly address: Address;
  readonly seed: number;
}

/** A sweep made ready. */
export interface SweepPlan {
  readonly architecture: Architecture;
  readonly basis: Basis;
  /** Of the images. */
  readonly shape: ImageShape;
  /** The exported architecture, its weights still to be drawn. */
  readonly model: Model;
  readonly recipe: Recipe;
  /** All that results depend on, beside direction and seed. */
  readonly identity: Identity;
  readonly tasks: readonly SweepTask[];
}

/**
 * Makes a sweep ready.
 * @throws OptionError for settings that do not fit
 */
export async function planSweep(
  architecture: Architecture | string,
  basis: Basis,
  addresses: readonly Address[],
  { channels, pooling = true, seeds = [0], ...settings }: SweepSettings,
): Promise<SweepPlan> {
  const { architectureOf, publishedRecipe, someBackend, toOnnx } = await import('@nads/train');
  const found = typeof architecture === 'string' ? architectureOf(architecture) : architecture;
  const shape = shapeAlong(basis, channels);
  const dims = [shape.channels, shape.height, shape.width] as const;
  const usual = { ...publishedRecipe, dims, sigma: 3, epsilon: 1 };
  const recipe = recipeOf(settings, usual);
  if (addresses.length === 0) throw new OptionError('indices', 'no direction given');
  directionAlong(basis, addresses[0], shape); // fails early where the grid does not fit
  await someBackend();
  const layers = found.build({ ...shape, classes: 2 }, pooling);
  const model = toOnnx(layers);
  layers.dispose();
  return {
    architecture: found,
    basis,
    shape,
    model,
    recipe,
    identity: identityOf(found, basis, addresses, { ...recipe, pooling }),
    tasks: addresses.flatMap(address => seeds.map(seed => ({ address, seed }))),
  };
}

function recipeOf(
  { sigma, epsilon, train, test, epochs, batch, rate, momentum, weightDecay, clip }: SweepSettings,
  usual: Recipe,
): Recipe {
  const { dims } = usual;
  const recipe: Recipe = {
    dims,
    sigma: sigma ?? usual.sigma,
    epsilon: epsilon ?? usual.epsilon,
    train: train ?? usual.train,
    test: test ?? usual.test,
    epochs: epochs ?? usual.epochs,
    batch: batch ?? usual.batch,
    rate: rate ?? usual.rate,
    momentum: momentum ?? usual.momentum,
    weightDecay: weightDecay ?? usual.weightDecay,
    clip: clip ?? usual.clip,
  };
  requireSeparable(recipe);
  return recipe;
}

function identityOf(
  { name }: Architecture,
  basis: Basis,
  addresses: readonly Address[],
  { dims, pooling, ...rest }: Recipe & { readonly pooling: boolean },
): Identity {
  return {
    architecture: name,
    basis: basis.name,
    ...addressingOf(basis, addresses),
    ...digestOfDirections(basis),
    ...rest,
    image: dims.join('x'),
    pooling,
  };
}

/** What the indices of results count, if a basis has a grid of other directions. */
function addressingOf({ places }: Basis, addresses: readonly Address[]): Identity {
  if (!places || places.indexOf) return {};
  return { addressing: addresses.some(one => one.isOffBasis) ? 'places' : 'numbers' };
}

/** What a network of a sweep is trained on. */
export const directionTask = (
  { basis, shape }: SweepPlan,
  { address, seed }: SweepTask,
): DirectionTask => ({
  direction: directionAlong(basis, address, shape),
  seed,
});
