import type { Matrix } from '@nads/linalg';
import type { GradientRunner } from '../input-gradients.js';
import { largestOutputs } from '../saliency/output-gradients.js';
import { addAlong, coefficientsOf } from './project.js';

/** How margins are looked for. */
export interface MarginOptions {
  /** By what share a perturbation is made longer than the linear model says. */
  readonly overshoot?: number;
  /** Steps after which an image counts as not misled. */
  readonly iterations?: number;
  /** How many classes are tried, those with the largest outputs first: the image's own and others. */
  readonly classes?: number;
  /** What a step of 1 in units of the perturbation is at the model's input, for each channel; 1 if not given. */
  readonly gains?: readonly number[];
  /** Called after every round with how many searches have ended. @throws to stop the search. */
  readonly proceed?: (ended: number) => void;
}

/** The smallest perturbation found that changes a decision, within one subspace. */
export interface Margin {
  /** Which image and which subspace. */
  readonly image: number;
  readonly subspace: number;
  /** The decision without the perturbation, and with it; the same where none was found. */
  readonly label: number;
  readonly target: number;
  /** ‖r‖; infinite where none was found. */
  readonly norm: number;
  /** r [C·H·W], in the span of the subspace; what was tried last where none was found. */
  readonly perturbation: Float32Array;
  readonly iterations: number;
}

/** The paper's settings. */
const usual = { overshoot: 0.02, iterations: 100, classes: 10 };

/** Images that are differentiated at once, each for every class that is tried. */
const pointsAtOnce = 64;

/**
 * The distance of images to the decision boundary within subspaces: DeepFool (Moosavi-Dezfooli, Fawzi & Frossard 2016) with
 * gradients projected onto the subspace, as in Ortiz-Jiménez et al. 2020. From x a step leads to the nearest of the
 * hyperplanes f_k + ∇f_k·r = f_l + ∇f_l·r, l the decision and k another class, until the decision at x + (1 + overshoot) r is
 * another. Images and subspaces are searched side by side; the first step of an image is differentiated once for all subspaces.
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
      'a model of one output makes no decision between classes; it needs two outputs',
    );
  const gains = Float64Array.from({ length: pixels }, (_, at) =>
    options.gains ? options.gains[Math.floor(at / (height * width))] : 1,
  );
  const starts = await startsOf(runner, images, settings.classes);
  const searches = starts.flatMap(start =>
    subspaces.map((rows, subspace) => new Search(start, subspace, rows)),
  );
  const space: Space = { runner, gains, overshoot: settings.overshoot };
  let active = await firstStep(space, starts, searches);
  for (let round = 1; active.length > 0; round++) {
    active = await stillUndecided(space, active);
    settings.proceed?.(searches.length - active.length);
    if (round === settings.iterations) break;
    active = await nextStep(space, active);
  }
  settings.proceed?.(searches.length);
  return searches.map(search => search.margin(settings.overshoot));
}

/** What searches have in common. */
interface Space {
  readonly runner: GradientRunner;
  readonly gains: Float64Array;
  readonly overshoot: number;
}

/** An image, and the classes that are tried for it. */
interface Start {
  readonly index: number;
  readonly x: Float32Array;
  readonly label: number;
  readonly others: readonly number[];
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

/** The search for one image's margin in one subspace. */
class Search {
  readonly start: Start;
  readonly rows: Matrix;
  private readonly subspace: number;
  /** r without the overshoot, before gains. */
  private readonly r: Float64Array;
  private target: number;
  private found = false;
  private steps = 0;

  constructor(start: Start, subspace: number, rows: Matrix) {
    this.start = start;
    this.rows = rows;
    this.subspace = subspace;
    this.r = new Float64Array(start.x.length);
    this.target = start.label;
  }

  /** x + (1 + overshoot) r, as the model takes it. */
  write(out: Float32Array, { gains, overshoot }: Space): void {
    this.r.forEach((value, i) => {
      out[i] = this.start.x[i] + gains[i] * Math.fround((1 + overshoot) * value);
    });
  }

  /** A step to the nearest hyperplane. @returns whether there is one. */
  step(outputs: Float32Array, slopes: readonly Float64Array[]): boolean {
    const { label, others } = this.start;
    let nearest = Infinity;
    let best: { readonly along: Float64Array; readonly size: number } | undefined;
    others.forEach((k, i) => {
      const along = coefficientsOf(slopes[i], this.rows);
      const square = along.reduce((sum, value) => sum + value * value, 0);
      const gap = Math.abs(outputs[k] - outputs[label]);
      if (!(square > 0) || gap / Math.sqrt(square) >= nearest) return;
      nearest = gap / Math.sqrt(square);
      best = { along, size: gap / square };
    });
    if (!best) return false;
    addAlong(this.r, this.rows, best.along, best.size);
    this.steps++;
    return true;
  }

  /** Looks at a decision. @returns whether it is another. */
  decide(decision: number): boolean {
    this.found = decision !== this.start.label;
    if (this.found) this.target = decision;
    return this.found;
  }

  margin(overshoot: number): Margin {
    const { index, label } = this.start;
    const perturbation = Float32Array.from(this.r, value => (1 + overshoot) * value);
    const norm = Math.sqrt(perturbation.reduce((sum, value) => sum + value * value, 0));
    return {
      image: index,
      subspace: this.subspace,
      label,
      target: this.target,
      norm: this.found ? norm : Infinity,
      perturbation,
      iterations: this.steps,
    };
  }
}

/** The first step of all searches: one point an image. */
async function firstStep(
  space: Space,
  starts: readonly Start[],
  searches: readonly Search[],
): Promise<Search[]> {
  const going: Search[] = [];
  for (const some of chunks(starts)) {
    const points = some.map(start => ({ start, x: start.x }));
    const slopes = await differentiated(space, points);
    some.forEach((start, i) => {
      for (const search of searches)
        if (search.start === start && search.step(slopes[i].outputs, slopes[i].slopes))
          going.push(search);
    });
  }
  return going;
}

async function nextStep(space: Space, active: readonly Search[]): Promise<Search[]> {
  const going: Search[] = [];
  for (const some of chunks(active)) {
    const points = some.map(search => {
      const x = new Float32Array(search.start.x.length);
      search.write(x, space);
      return { start: search.start, x };
    });
    const slopes = await differentiated(space, points);
    some.forEach((search, i) => {
      if (search.step(slopes[i].outputs, slopes[i].slopes)) going.push(search);
    });
  }
  return going;
}

/** Those whose decision has not changed. */
async function stillUndecided(space: Space, active: readonly Search[]): Promise<Search[]> {
  const { runner } = space;
  const going: Search[] = [];
  for (const some of chunks(active)) {
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

function* chunks<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let first = 0; first < list.length; first += pointsAtOnce)
    yield list.slice(first, first + pointsAtOnce);
}

interface Slopes {
  readonly outputs: Float32Array;
  /** gains · ∇(f_k − f_l) for each other class k. */
  readonly slopes: readonly Float64Array[];
}

async function differentiated(
  { runner, gains }: Space,
  points: readonly { readonly start: Start; readonly x: Float32Array }[],
): Promise<Slopes[]> {
  const rows = points.flatMap(({ start, x }) =>
    start.others.map(other => ({ x, other, label: start.label })),
  );
  const pixels = gains.length;
  const images = new Float32Array(rows.length * pixels);
  const seeds = new Float32Array(rows.length * runner.outputs);
  rows.forEach(({ x, other, label }, i) => {
    images.set(x, i * pixels);
    seeds[i * runner.outputs + other] = 1;
    seeds[i * runner.outputs + label] = -1;
  });
  const { outputs, gradients } = await runner.run(images, seeds);
  let at = 0;
  return points.map(({ start }) => {
    const first = at;
    at += start.others.length;
    return {
      outputs: outputs.subarray(first * runner.outputs, (first + 1) * runner.outputs),
      slopes: start.others.map((_, i) =>
        gains.map((gain, pixel) => gain * gradients[(first + i) * pixels + pixel]),
      ),
    };
  });
}
