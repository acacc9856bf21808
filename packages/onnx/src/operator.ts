import type { Decomposition, GradientRule } from './formulas/derivation.js';
import type { ShapeRule } from './shapes/shape-rule.js';
import type { Upgrade } from './upgrades/upgrade.js';

/** One operator of an operator set. */
export interface Operator extends ShapeRule {
  readonly name: string;
  /** '' (ONNX's own) unless said otherwise. */
  readonly domain?: string;
  /** Only of operators whose form changed; see upgrade-opset.ts. */
  readonly upgrade?: Upgrade;
  /** Reverse mode; an operator has this, or a decomposition, or no gradient is known of it. */
  readonly gradient?: GradientRule;
  /** The same in terms of other operators, from which the gradient follows. */
  readonly decompose?: Decomposition;
}
