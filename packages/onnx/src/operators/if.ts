import type { Operator } from '../operator.js';
import type { Application } from '../shapes/application.js';
import type { Known } from '../shapes/known.js';
import { numbersOf } from '../tensor.js';

/** The outputs of one of two subgraphs; known where the condition is, or where both agree. */
export const ifThenElse: Operator = {
  name: 'If',
  inputs: [1, 1],
  outputs: [1, Infinity],
  controlFlow: 'branch',
  infer: application => {
    const condition = application.inputs[0]?.value;
    if (condition) return branch(application, numbersOf(condition)[0] ? 'then' : 'else');
    const [yes, no] = [attempt(application, 'then'), attempt(application, 'else')];
    return yes.map((known, i) => agreement(known, no[i] ?? {}));
  },
};

/** A branch for other shapes than these contradicts itself: then it is not the one that runs. */
function attempt(application: Application, which: 'then' | 'else'): readonly Known[] {
  try {
    return branch(application, which);
  } catch {
    return [];
  }
}

function branch({ node, inferGraph }: Application, which: 'then' | 'else'): readonly Known[] {
  const found = node.attributes.get(`${which}_branch`);
  if (found?.type !== 'graph') throw new Error(`attribute ${which}_branch is missing`);
  return inferGraph(found.value);
}

/** What two branches have in common; their values may differ. */
function agreement(a: Known, b: Known): Known {
  const sameDims = JSON.stringify(a.dims) === JSON.stringify(b.dims);
  return {
    type: a.type === b.type ? a.type : undefined,
    dims: sameDims ? a.dims : undefined,
  };
}
