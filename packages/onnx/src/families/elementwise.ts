import { getInt } from '../attribute.js';
import type { DataType } from '../data-type.js';
import type { Operand } from '../algebra/algebra.js';
import type { Derivation, GradientRule } from '../formulas/derivation.js';
import { broadcast } from '../shapes/broadcast.js';
import { foldElementwise } from '../shapes/fold.js';
import { dimsOf, typeOf, type Application } from '../shapes/application.js';
import type { Operator } from '../operator.js';
import type { Upgrade } from '../upgrades/upgrade.js';
import { stretching } from '../upgrades/stretching.js';

/** What an elementwise operator may have beside its function. */
interface Options {
  readonly domain?: string;
  /** Element type of the result; the first operand's unless said otherwise. */
  readonly result?: DataType;
  readonly gradient?: GradientRule;
}

/** A function of one variable: its node, argument and result. */
export interface Curve extends Derivation {
  readonly x: string;
  readonly y: string;
}

interface UnaryOptions extends Options {
  /** dy/dx. */
  readonly derivative?: (curve: Curve) => Operand;
  readonly upgrade?: Upgrade;
}

/** The rule of a function that is constant almost everywhere. */
export const flat: GradientRule = () => [];

/** An operator that maps each element by itself; `fold` computes it for constants. */
export function unary(
  name: string,
  fold?: (x: number) => number,
  {
    domain,
    result,
    derivative,
    gradient = derivative && chainRule(derivative),
    upgrade,
  }: UnaryOptions = {},
): Operator {
  return {
    name,
    domain,
    gradient,
    upgrade,
    infer: application => {
      const type = result ?? typeOf(application, 0);
      const value = fold && foldElementwise(application.inputs.slice(0, 1), type, fold);
      return [{ type, dims: dimsOf(application, 0), value }];
    },
  };
}

/** ∂s/∂x = ∂s/∂y · dy/dx. */
const chainRule =
  (derivative: (curve: Curve) => Operand): GradientRule =>
  (derivation, [dy]) => {
    const { g, inputs, outputs } = derivation;
    return [() => g.mul(dy!, derivative({ ...derivation, x: inputs[0], y: outputs[0] }))];
  };

/** The rule of an operator over broadcast operands, from the gradients before they are summed to their dims. */
export const summed =
  (rule: GradientRule): GradientRule =>
  (derivation, dy) =>
    rule(derivation, dy)?.map(
      (gradient, i) =>
        gradient && (() => derivation.g.unbroadcast(gradient(), derivation.inputs[i])),
    );

/**
 * An operator over broadcast operands; `fold` computes one element for constants, `gradient` gives gradients
 * before they are summed to the operands' dims.
 */
export function broadcasting(
  name: string,
  fold?: (...values: number[]) => number,
  { domain, result, gradient }: Options = {},
): Operator {
  return {
    name,
    domain,
    gradient: gradient && summed(gradient),
    upgrade: stretching,
    infer: application => {
      const type = result ?? typeOf(application, 0);
      const dims = broadcastDims(application);
      const { inputs, opset } = application;
      const value = opset >= 7 ? fold && foldElementwise(inputs, type, fold) : undefined;
      return [{ type, dims, value }];
    },
  };
}

/** Before opset 7 the second operand was stretched to the first, from an axis on, and only if asked. */
function broadcastDims(application: Application): readonly number[] {
  const { node, inputs, opset } = application;
  if (opset < 7 && getInt(node, 'broadcast', 0)) return dimsOf(application, 0);
  return broadcast(...inputs.map((_, i) => dimsOf(application, i)));
}
