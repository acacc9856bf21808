import type { Node } from '../graph.js';
import { sizeOf } from '../tensor.js';

/** What the rule of a path gets to see of values that are computed from constants alone. */
export interface PathSurroundings {
  /** Dims of a value; none where they are not known. */
  readonly dims: (name: string) => readonly number[];
  /** Whether a value is computed from another one. */
  readonly isComputedFrom: (name: string, from: string) => boolean;
  /** Whether two values are computed from a constant in common. */
  readonly isRelated: (a: string, b: string) => boolean;
  /** Whether no two of some values are. */
  readonly areUnrelated: (names: readonly string[]) => boolean;
  /** Whether a value is a mask: truth values, or nothing but zeros and ones. */
  readonly isMask: (name: string) => boolean;
  /** Whether all elements of a value are known to be the same number. */
  readonly isUniform: (name: string) => boolean;
  /** Whether a value holds floating-point numbers. */
  readonly isFloating: (name: string) => boolean;
  /** How many elements a value has, each counted once that Expand or Tile repeats. */
  readonly distinct: (name: string) => number;
}

/**
 * Which inputs of a node hold the weight where its output, computed from constants, is a layer's weight: those are drawn, the others are kept.
 * A text says why that is not clear.
 */
export type PathRule = (node: Node, around: PathSurroundings) => readonly number[] | string;

/** The first input holds the weight, whatever the others say of order and place. */
export const throughFirst: PathRule = () => [0];

/** What is normalised is the weight; scale and shift are kept. */
export const normalisedWeight: PathRule = () => [0];

/** Every input holds a part of the weight; one of equal elements beside parts that vary fills in, and is kept. */
export const throughParts: PathRule = ({ inputs }, around) =>
  withoutFilling([...inputs.keys()], inputs, around);

/** Of a choice between two values: those that have all elements of the outcome, without what fills in. */
export const throughBranches: PathRule = (node, around) => {
  const branches = withoutFilling(largestOf([1, 2], node.inputs, around), node.inputs, around);
  return branches.every(i => isWhole(node, i, around)) ? branches : noneIsWhole;
};

/**
 * Of a · b: the larger one, what is broadcast to it being a scale; of two that are as large, the one that is no mask, or the one that
 * the other is computed from.
 */
export const throughFactor: PathRule = (node, around) => {
  const { inputs } = node;
  const larger = largestOf([0, 1], inputs, around);
  if (!larger.every(i => isWhole(node, i, around))) return noneIsWhole;
  if (larger.length === 1) {
    const [found] = larger.map(i => inputs[i]);
    const holdsWeight = !around.isMask(found) || around.isUniform(found);
    return holdsWeight ? larger : 'the factor that is no mask is smaller than the other one';
  }
  const masks = inputs.map(around.isMask);
  if (masks[0] !== masks[1]) return [masks[0] ? 1 : 0];
  return sourceOf(inputs, around) ?? 'either factor could be the weight';
};

/** Of a / b: what is divided. */
export const throughDividend: PathRule = (node, around) => {
  const [dividend, divisor] = node.inputs.map(around.distinct);
  if (dividend < divisor) return 'what is divided is smaller than the divisor';
  return isWhole(node, 0, around) ? [0] : noneIsWhole;
};

/** Of sums and differences: the largest ones; what is broadcast to them, or computed from them, is a shift. */
export const throughTerms: PathRule = (node, around) => {
  const { inputs } = node;
  const terms = largestOf([...inputs.keys()], inputs, around);
  if (!terms.every(i => isWhole(node, i, around))) return noneIsWhole;
  const [first, second] = terms.map(i => inputs[i]);
  if (terms.length === 2 && around.isRelated(first, second)) {
    const source = sourceOf([first, second], around);
    return source?.map(i => terms[i]) ?? sameConstant;
  }
  return around.areUnrelated(terms.map(i => inputs[i])) ? terms : sameConstant;
};

const sameConstant = 'its terms are computed from the same constant';

/**
 * Of a matrix product A·B: a square factor is a change of basis of the other one, which is the weight; two factors that are not square
 * are parts of a weight of low rank, and both are drawn.
 */
export const throughProduct: PathRule = ({ inputs: [a, b] }, { dims, isRelated }) => {
  if (isRelated(a, b)) return 'its factors are computed from the same constant';
  const [first, second] = [dims(a), dims(b)];
  if (first.length < 2 || second.length < 2) return 'one factor is a vector';
  if (isSquare(second)) return [0];
  return isSquare(first) ? [1] : [0, 1];
};

/** Of A·B + C: of the product what holds the weight, and C where it is as large as the product. */
export const throughProductAndTerm: PathRule = (node, around) => {
  const product = throughProduct(node, around);
  const [a, b, c] = node.inputs;
  const isTerm = c && sizeOf(around.dims(c)) === sizeOf(around.dims(node.outputs[0]));
  if (typeof product === 'string' || !isTerm) return product;
  return around.isRelated(a, c) || around.isRelated(b, c) ? sameConstant : [...product, 2];
};

const isSquare = (dims: readonly number[]): boolean => dims.at(-1) === dims.at(-2);

const noneIsWhole = 'no operand has as many elements as the outcome';

/** Whether an input holds every element of the outcome by itself; beside single numbers it always does, even where it is repeated. */
function isWhole(
  { inputs, outputs }: Node,
  i: number,
  { dims, distinct }: PathSurroundings,
): boolean {
  const hasAll = distinct(inputs[i]) >= sizeOf(dims(outputs[0]));
  return hasAll || inputs.every((name, k) => k === i || distinct(name) === 1); // of thousands of terms, most have all
}

/** Of some inputs those that have the most elements. */
function largestOf(
  some: readonly number[],
  inputs: readonly string[],
  { distinct }: PathSurroundings,
): readonly number[] {
  const sizes = inputs.map(distinct);
  const largest = some.reduce((most, i) => Math.max(most, sizes[i]), 0);
  return some.filter(i => sizes[i] === largest);
}

/** Of some inputs those that vary; all, where none does. */
function withoutFilling(
  some: readonly number[],
  inputs: readonly string[],
  { isUniform }: PathSurroundings,
): readonly number[] {
  const varying = some.filter(i => !isUniform(inputs[i]));
  return varying.length > 0 ? varying : some;
}

/** The one of two values that the other is computed from. */
function sourceOf(
  [a, b]: readonly string[],
  { isComputedFrom }: PathSurroundings,
): readonly number[] | undefined {
  if (isComputedFrom(b, a)) return [0];
  return isComputedFrom(a, b) ? [1] : undefined;
}
