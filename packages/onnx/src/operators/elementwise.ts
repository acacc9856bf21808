import { getInt } from '../attribute.js';
import type { DataType } from '../data-type.js';
import { broadcast } from './broadcast.js';
import { foldElementwise } from './fold.js';
import { dimsOf, typeOf, type Application, type Operator } from './operator.js';

/** What an elementwise operator may have beside its function. */
interface Options {
  readonly domain?: string;
  /** Element type of the result; the first operand's unless said otherwise. */
  readonly result?: DataType;
}

/** An operator that maps each element by itself; `fold` computes it for constants. */
export function unary(
  name: string,
  fold?: (x: number) => number,
  { domain, result }: Options = {},
): Operator {
  return {
    name,
    domain,
    infer: application => {
      const type = result ?? typeOf(application, 0);
      const value = fold && foldElementwise(application.inputs.slice(0, 1), type, fold);
      return [{ type, dims: dimsOf(application, 0), value }];
    },
  };
}

/** An operator over broadcast operands; `fold` computes one element for constants. */
export function broadcasting(
  name: string,
  fold?: (...values: number[]) => number,
  { domain, result }: Options = {},
): Operator {
  return {
    name,
    domain,
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
