import type { Facets, Operator } from '../operator.js';
import { dimsOf, typeOf, type Application } from '../shapes/application.js';
import { keptAxes } from '../shapes/axes.js';

interface Options extends Facets {
  /** @throws where its other inputs or its attributes do not fit the first input. */
  readonly requireFit?: (application: Application) => void;
}

/** An operator whose only output has the type and dims of its first input, axis by axis. */
export function preserving(name: string, { requireFit, ...rest }: Options = {}): Operator {
  return {
    name,
    inputs: [1, 1],
    axes: keptAxes,
    infer: application => {
      requireFit?.(application);
      return [{ type: typeOf(application, 0), dims: dimsOf(application, 0) }];
    },
    ...rest,
  };
}
