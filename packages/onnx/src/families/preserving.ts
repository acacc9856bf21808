import { dimsOf, typeOf } from '../shapes/application.js';
import type { Operator } from '../operator.js';

/** An operator whose only output has the type and dims of its first input. */
export function preserving(
  name: string,
  rest: Pick<Operator, 'domain' | 'gradient' | 'decompose' | 'upgrade'> = {},
): Operator {
  return {
    name,
    ...rest,
    infer: application => [{ type: typeOf(application, 0), dims: dimsOf(application, 0) }],
  };
}
