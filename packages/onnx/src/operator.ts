import type { Algebra } from './algebra/algebra.js';
import type { Value } from './algebra/known-values.js';
import type { Decomposition, GradientRule } from './formulas/derivation.js';
import type { ExampleRule } from './formulas/example-rule.js';
import type { CouplingRule } from './coupling/coupling-rule.js';
import type { ResizeRule } from './coupling/resize-rule.js';
import type { Node } from './graph.js';
import type { AffineRule } from './layers/affine-rule.js';
import type { HeadRule } from './layers/head-rule.js';
import type { MacsRule } from './layers/macs-rule.js';
import type { PathRule } from './layers/path-rule.js';
import type { ReachRule } from './layers/reach-rule.js';
import type { WeightRule } from './layers/weight-rule.js';
import type { Application } from './shapes/application.js';
import type { AxesRule } from './shapes/axes.js';
import type { ShapeRule } from './shapes/shape-rule.js';
import type { SymmetryRule } from './symmetry/context.js';
import type { Tensor } from './tensor.js';
import type { Upgrade } from './upgrades/upgrade.js';

/** In which order elements are handed on. */
export type Carrying = 'in order' | 'in another order';

/** At least, and at most. */
export type Count = readonly [least: number, most: number];

/**
 * One operator of an operator set: its name, its shape rule, and facets that passes over a graph ask for. A facet
 * that is left out has the conservative meaning that its comment states.
 */
export interface Operator extends ShapeRule {
  readonly name: string;
  /** The operator set, ONNX's own ('') by default. Operators of the same name in other sets are other operators. */
  readonly domain?: string;
  /** How many inputs it has in any opset. By default that is not known. */
  readonly inputs?: Count;
  /** How many outputs it has, one by default where its inputs are counted. */
  readonly outputs?: Count;
  /** Only of operators whose form changed; see upgrade-opset.ts. */
  readonly upgrade?: Upgrade;

  /** Reverse mode; an operator has this, or a decomposition, or its gradient is not implemented. */
  readonly gradient?: GradientRule;
  /** The same in terms of other operators, from which the gradient follows. */
  readonly decompose?: Decomposition;
  /** The gradient of a constant input of each example by itself. By default it takes a run for each example. */
  readonly ofEach?: ExampleRule;

  /** How it acts on relabelled pixels and channels. By default it breaks every symmetry. */
  readonly symmetry?: SymmetryRule;
  /** Which axis of its first input, or of what is broadcast with it, each output axis is. Not known by default. */
  readonly axes?: AxesRule;
  /** The axis of its first input that holds channels, with space behind it. None by default. */
  readonly channels?: number;
  /** How many channels its first input has, by the dims of its second. By default nothing is said. */
  readonly channelsBy?: (node: Node, weight: readonly number[]) => number;
  /** Which places of its values can only be removed together. By default none of its inputs' can be removed. */
  readonly coupling?: CouplingRule;
  /** Its constants and attributes for what is left. By default they stay as they are. */
  readonly resized?: ResizeRule;
  /** Which places of maps a place of its output depends on. By default all. */
  readonly reach?: ReachRule;
  /** Whether its output holds the elements of its first input, and in which order. By default it computes others. */
  readonly carries?: Carrying | ((node: Node) => Carrying | undefined);
  /**
   * Which inputs hold the weight where its output is one that is computed from constants. By default the first one where it `carries`
   * elements, else that is not clear.
   */
  readonly path?: PathRule;
  /** Whether its output follows from the dims of its input alone. By default it does not. */
  readonly ofDims?: boolean;
  /** Axes of its input over which its output is a sum or a mean. By default it is none. */
  readonly sumsOver?: (application: Application) => readonly number[];
  /** Where in the file the constant lives that its output is. By default the output is computed. */
  readonly storage?: 'Constant' | 'ConstantOfShape';

  /** Whether it is a layer that mixes features. By default it is not. */
  readonly layer?: 'convolution' | 'linear';
  /** Which of its constant inputs are which parts of a layer. By default none. */
  readonly weights?: WeightRule;
  /** Multiply–accumulates. By default 0. */
  readonly macs?: MacsRule;
  /** What it is linear in as the last layer of a model. By default it is not such a layer. */
  readonly head?: HeadRule;
  /** The axes over all of which it averages. By default none. */
  readonly averages?: (application: Application) => readonly number[];
  /** Whether it is the sum of its two inputs, so that a constant one is a bias. */
  readonly adds?: boolean;
  /** The input that it scales and shifts by constants. By default there is none. */
  readonly affine?: AffineRule;
  /** Whether it turns logits into probabilities or their logarithms. */
  readonly classifies?: boolean;
  /** The same as one product over the batch, or undefined where that does not pay. */
  readonly asProduct?: (g: Algebra, node: Node) => Value | undefined;
  /** In the arrangement in which the runtime's forward pass over small maps is fastest, where that is another. */
  readonly onSmallMaps?: (g: Algebra, node: Node) => Value | undefined;
  /** The same by operators that runtimes have in double precision, where they lack this one. By default it stays. */
  readonly inDouble?: (g: Algebra, node: Node) => Value | undefined;
  /**
   * What differs in training: 'statistics' are those of the batch, with running averages kept in the last two inputs;
   * a 'mask' sets elements to zero, while evaluation hands on the first input. By default nothing differs.
   */
  readonly training?: 'statistics' | 'mask';

  /** Whether it computes with quantised numbers, which have neither gradients nor fresh weights. */
  readonly quantised?: boolean;
  /**
   * Whether it passes what is above 0 and not, or less of, what is below: a unit that is on or off by the sign of the first
   * input. By default it does not.
   */
  readonly rectifies?: (node: Node, constant: (name: string) => Tensor | undefined) => boolean;
  /** Whether and how it runs the graphs in its attributes. */
  readonly controlFlow?: 'branch' | 'loop' | 'scan';
}

/** What an operator may state beside its name and shape rule. */
export type Facets = Partial<Omit<Operator, 'name' | 'infer'>>;
