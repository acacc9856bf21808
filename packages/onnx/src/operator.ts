import type { Algebra } from './algebra/algebra.js';
import type { Value } from './algebra/known-values.js';
import type { Decomposition, GradientRule } from './formulas/derivation.js';
import type { Node } from './graph.js';
import type { HeadRule } from './layers/head-rule.js';
import type { MacsRule } from './layers/macs-rule.js';
import type { ReachRule } from './layers/reach-rule.js';
import type { WeightRule } from './layers/weight-rule.js';
import type { AxesRule } from './shapes/axes.js';
import type { ShapeRule } from './shapes/shape-rule.js';
import type { SymmetryRule } from './symmetry/context.js';
import type { Upgrade } from './upgrades/upgrade.js';

/**
 * One operator of an operator set: its name, its shape rule, and facets that are asked for by what goes over
 * graphs. A facet that is left out stands for the careful answer, which its comment names.
 */
export interface Operator extends ShapeRule {
  readonly name: string;
  /** '' (ONNX's own) unless said otherwise: operators of the same name in other domains are others. */
  readonly domain?: string;
  /** Only of operators whose form changed; see upgrade-opset.ts. */
  readonly upgrade?: Upgrade;

  /** Reverse mode; an operator has this, or a decomposition, or no gradient is known of it. */
  readonly gradient?: GradientRule;
  /** The same in terms of other operators, from which the gradient follows. */
  readonly decompose?: Decomposition;

  /** How it acts on relabelled pixels and channels; unless said, it breaks every symmetry. */
  readonly symmetry?: SymmetryRule;
  /** Which axis of its first input each axis of its output is; unless said, that is not known. */
  readonly axes?: AxesRule;
  /** The axis of its first input that holds channels, with space behind it; unless said, there is none. */
  readonly channels?: number;
  /** Which places of maps a place of its output depends on; unless said, all. */
  readonly reach?: ReachRule;
  /** Whether its output holds the elements of its first input, and how; unless said, it computes others. */
  readonly carries?: 'in order' | 'in another order';
  /** Its output is a constant of the file, and this is where it lives; unless said, it is computed. */
  readonly storage?: 'Constant' | 'ConstantOfShape';

  /** Whether it is a layer that mixes features; unless said, it is none. */
  readonly layer?: 'convolution' | 'linear';
  /** Which of its constant inputs are which parts of a layer; unless said, it has no weights. */
  readonly weights?: WeightRule;
  /** Multiply–accumulates; unless said, 0. */
  readonly macs?: MacsRule;
  /** What it is linear in as the last layer of a model; unless said, it ends the search for a head. */
  readonly head?: HeadRule;
  /** Whether it averages over all of a space of these sizes; unless said, it does not. */
  readonly averages?: (node: Node, space: readonly number[]) => boolean;
  /** Whether it is the sum of its two inputs, so that a constant one is a bias. */
  readonly adds?: boolean;
  /** Whether it turns logits into probabilities or their logarithms, each of one place. */
  readonly classifies?: boolean;
  /** The same as one product over the batch; undefined where that does not pay. */
  readonly asProduct?: (g: Algebra, node: Node) => Value | undefined;
  /**
   * What is different while training: it takes the statistics of the batch and keeps running averages (in its last
   * two inputs), or it sets elements to zero and hands on its first input otherwise. Unless said, nothing.
   */
  readonly training?: 'statistics' | 'mask';

  /** Whether it computes in whole numbers that stand for others; no gradients, no fresh weights. */
  readonly quantised?: boolean;
  /** Whether it runs graphs inside it, and how. */
  readonly controlFlow?: 'branch' | 'loop' | 'scan';
}

/** All but what every operator must say by itself: what a family takes beside. */
export type Facets = Partial<Omit<Operator, 'name' | 'infer'>>;
