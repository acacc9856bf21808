import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import type { Node } from '../graph.js';

/** What a gradient rule gets to see of its node. */
export interface Derivation {
  readonly node: Node;
  /** Values that the node reads; '' for optional ones left out. */
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** Where the rule builds its formulas. */
  readonly g: Algebra;
}

/** The gradient of one input, built where it is wanted; undefined where it is zero everywhere. */
export type Gradient = (() => Value) | undefined;

/**
 * The rule of reverse mode: from ∂s/∂y for each output y of a node, ∂s/∂x for each input x, of the dims
 * of x. An output that s does not depend on has undefined. No list at all: the decomposition applies.
 * @throws where the node has settings that the rule does not cover.
 */
export type GradientRule = (
  derivation: Derivation,
  dy: readonly (Value | undefined)[],
) => readonly Gradient[] | undefined;

/**
 * The outputs of a node in terms of other operators. Its gradient is theirs. Undefined for outputs that
 * no gradient flows through.
 */
export type Decomposition = (derivation: Derivation) => readonly (Value | undefined)[];
