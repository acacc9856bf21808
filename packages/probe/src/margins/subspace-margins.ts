import type { Matrix } from '@nads/linalg';
import type { Watched } from '@nads/runtime';
import type { GradientRunner } from '../own-network/gradient-runner.js';
import { largestOutputs } from '../saliency/output-gradients.js';
import { MarginSearch, type Margin, type Scaling } from './margin-search.js';
import type { Start } from './start.js';
import { linearModelsAt } from './linear-model.js';

/** How margins are searched for. */
export interface MarginOptions extends Watched {
  /** Relative overshoot beyond the perturbation of the linear model. */
  readonly overshoot?: number;
  /** Maximum number of steps, after which the decision counts as unchanged. */
  readonly iterations?: number;
  /** Number of classes considered, those with the largest outputs, including the image's own. */
  readonly classes?: number;
  /** What a step of 1 in units of the perturbation is at the model's input, for each channel; 1 if not given. */
  readonly gains?: readonly number[];
}

/** The paper's settings. */
const usual = { overshoot: 0.02, iterations: 100, classes: 10 };

/** Images that are differentiated at once, each for every class that is tried: so many, and so many numbers. */
const atOnce = { points: 64, numbers: 2 ** 24 };

/**
 * The distance of images to the decision boundary within subspaces: DeepFool (Moosavi-Dezfooli, Fawzi & Frossard 2016) with
 * gradients projected onto the subspace, as in Ortiz-Jiménez et al. 2020. From x a step leads to the nearest of the
 * hyperplanes f_k + ∇f_k·r = f_l + ∇f_l·r, l the decision and k another class, until the decision at x + (1 + overshoot) r
 * is another. Images and subspaces are searched side by side; the first step of an image is differentiated once for all
 * subspaces.
 * @param images as the model takes them: [n × C·H·W].
 * @param subspaces orthonormal rows [b × H·W], taken in every channel, or [b × C·H·W].
 * @throws NotFinite where a gradient is not finite; an error where the model has one output only.
 */
export async function subspaceMargins(
  runner: GradientRunner,
  images: Float32Array,
  subspaces: readonly Matrix[],
  options: MarginOptions = {},
): Promise<Margin[]> {
  const settings = { ...usual, ...options };
  const { channels, height, width } = runner.model.image;
  const pixels = channels * height * width;
  if (runner.outputs < 2)
    throw new Error(
      'a model with one output has no decision boundary; at least two outputs are needed',
    );
  const gains = Float64Array.from({ length: pixels }, (_, at) =>
    options.gains ? options.gains[Math.floor(at / (height * width))] : 1,
  );
  const starts = await startsOf(runner, images, settings.classes);
  const searches = starts.flatMap(start =>
    subspaces.map((rows, subspace) => new MarginSearch(start, subspace, rows)),
  );
  const pointsAtOnce = Math.floor(atOnce.numbers / (pixels * Math.max(1, settings.classes - 1)));
  const space: Space = {
    runner,
    gains,
    overshoot: settings.overshoot,
    pointsAtOnce: Math.max(1, Math.min(atOnce.points, pointsAtOnce)),
  };
  const progress = (done: number): void => {
    options.onProgress?.({ unit: 'margins', done, total: searches.length });
    options.signal?.throwIfAborted();
  };
  let active = await firstStep(space, starts, searches);
  for (let round = 1; active.length > 0; round++) {
    active = await stillUndecided(space, active);
    progress(searches.length - active.length);
    if (round === settings.iterations) break;
    active = await nextStep(space, active);
  }
  progress(searches.length);
  return searches.map(search => search.margin(settings.overshoot));
}

/** What searches have in common. */
interface Space extends Scaling {
  readonly runner: GradientRunner;
  readonly pointsAtOnce: number;
}

async function startsOf(
  runner: GradientRunner,
  images: Float32Array,
  classes: number,
): Promise<Start[]> {
  const { channels, height, width } = runner.model.image;
  const pixels = channels * height * width;
  const count = images.length / pixels;
  const { outputs } = await runner.run(images, new Float32Array(count * runner.outputs));
  return Array.from({ length: count }, (_, index) => {
    const scores = outputs.subarray(index * runner.outputs, (index + 1) * runner.outputs);
    const order = Array.from(scores, (_score, k) => k).toSorted((a, b) => scores[b] - scores[a]);
    return {
      index,
      x: images.subarray(index * pixels, (index + 1) * pixels),
      label: order[0],
      others: order.slice(1, classes),
    };
  });
}

/** The first step of all searches: one point an image. */
async function firstStep(
  space: Space,
  starts: readonly Start[],
  searches: readonly MarginSearch[],
): Promise<MarginSearch[]> {
  const going: MarginSearch[] = [];
  for (const some of chunks(starts, space.pointsAtOnce)) {
    const points = some.map(start => ({ start, x: start.x }));
    const models = await linearModelsAt(space.runner, space.gains, points);
    some.forEach((start, i) => {
      for (const search of searches)
        if (search.start === start && search.step(models[i])) going.push(search);
    });
  }
  return going;
}

async function nextStep(space: Space, active: readonly MarginSearch[]): Promise<MarginSearch[]> {
  const going: MarginSearch[] = [];
  for (const some of chunks(active, space.pointsAtOnce)) {
    const points = some.map(search => {
      const x = new Float32Array(search.start.x.length);
      search.write(x, space);
      return { start: search.start, x };
    });
    const models = await linearModelsAt(space.runner, space.gains, points);
    some.forEach((search, i) => {
      if (search.step(models[i])) going.push(search);
    });
  }
  return going;
}

/** Those whose decision has not changed. */
async function stillUndecided(
  space: Space,
  active: readonly MarginSearch[],
): Promise<MarginSearch[]> {
  const { runner } = space;
  const going: MarginSearch[] = [];
  for (const some of chunks(active, space.pointsAtOnce)) {
    const pixels = some[0].start.x.length;
    const images = new Float32Array(some.length * pixels);
    some.forEach((search, i) => search.write(images.subarray(i * pixels, (i + 1) * pixels), space));
    const seeds = new Float32Array(some.length * runner.outputs);
    const { outputs } = await runner.run(images, seeds);
    const decisions = largestOutputs(outputs, runner.outputs);
    going.push(...some.filter((search, i) => !search.decide(decisions[i])));
  }
  return going;
}

function* chunks<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let first = 0; first < list.length; first += size) yield list.slice(first, first + size);
}
