import { elementwise } from '../coupling/kept-along.js';
import type { Operand } from '../algebra/algebra.js';
import type { DataType } from '../data-type.js';
import type { Derivation, GradientRule } from '../formulas/derivation.js';
import type { Node } from '../graph.js';
import { samePlace } from '../layers/reach-rule.js';
import type { Facets, Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';
import { keptAxes } from '../shapes/axes.js';
import { foldElementwise } from '../shapes/fold.js';
import { oddWherever } from '../symmetry/odd.js';
import { pointwise } from '../symmetry/pointwise.js';

/** A function of one variable: its node, argument and result. */
export interface Curve extends Derivation {
  readonly x: string;
  readonly y: string;
}

interface Options extends Facets {
  /** Whether constants are computed by the function, since every runtime gets the same. */
  readonly exact?: boolean;
  /** Element type of the result; the operand's unless said otherwise. */
  readonly result?: DataType;
  /** dy/dx. */
  readonly derivative?: (curve: Curve) => Operand;
}

/**
 * An operator that maps each element by itself. It commutes with every relabelling of elements; whether it
 * is odd, too, is seen from its function.
 * @param f the function, where JavaScript has it; its node says how attributes shape it.
 */
export function unary(
  name: string,
  f?: (x: number, node: Node) => number,
  { exact, result, derivative, ...rest }: Options = {},
): Operator {
  return {
    name,
    inputs: [1, 1],
    symmetry: pointwise(
      f && result !== 'bool' ? oddWherever(([x], node) => f(x, node)) : undefined,
    ),
    coupling: elementwise,
    axes: keptAxes,
    reach: samePlace,
    gradient: derivative && chainRule(derivative),
    infer: application => {
      const type = result ?? typeOf(application, 0);
      const fold = f && exact ? (x: number) => f(x, application.node) : undefined;
      const value = fold && foldElementwise(application.inputs.slice(0, 1), type, fold);
      return [{ type, dims: dimsOf(application, 0), value }];
    },
    ...rest,
  };
}

/** ∂s/∂x = ∂s/∂y · dy/dx. */
const chainRule =
  (derivative: (curve: Curve) => Operand): GradientRule =>
  (derivation, [dy]) => {
    const { g, inputs, outputs } = derivation;
    return [() => g.mul(dy!, derivative({ ...derivation, x: inputs[0], y: outputs[0] }))];
  };
