import { getInt } from '../attribute.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf, valueOf, type Application } from '../shapes/application.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';
import { numbersOf } from '../tensor.js';
import { settingsAsInputs } from '../upgrades/settings-as-inputs.js';

/** The k largest (or smallest) elements along an axis, and their places. */
export const topK: Operator = {
  name: 'TopK',
  inputs: [1, 2],
  outputs: [1, 2],
  gradient: ({ node, inputs: [x], outputs: [, places], g }, [dy]) => [
    () =>
      g.op('ScatterElements', [g.zerosLike(x), places, dy!], {
        axis: getInt(node, 'axis', -1),
        reduction: 'add',
      }),
  ],
  upgrade: settingsAsInputs(10, 'k'),
  infer: application => {
    const dims = dimsOf(application, 0);
    const axis = normaliseAxis(getInt(application.node, 'axis', -1), dims.length);
    const k = countOf(application);
    if (k > dims[axis]) throw new Error(`k is ${k}, but axis ${axis} has ${dims[axis]} elements`);
    const chosen = dims.with(axis, k);
    return [
      { type: typeOf(application, 0), dims: chosen },
      { type: 'int64', dims: chosen },
    ];
  },
};

/** Before opset 10 k was an attribute. */
const countOf = (application: Application): number =>
  getInt(application.node, 'k', undefined) ?? numbersOf(valueOf(application, 1))[0];
