import type { Operator } from '../operator.js';
import { dimsOf, valueOf } from '../shapes/application.js';
import { broadcast } from '../shapes/broadcast.js';
import { moved } from '../shapes/fold.js';
import { broadcastOffsets } from '../shapes/offsets.js';
import { numbersOf } from '../tensor.js';

/** Its input broadcast with a shape. */
export const expand: Operator = {
  name: 'Expand',
  gradient: ({ g, inputs: [x] }, [dy]) => [() => g.unbroadcast(dy!, x)],
  infer: application => {
    const from = dimsOf(application, 0);
    const dims = broadcast(from, numbersOf(valueOf(application, 1)));
    return [moved(application.inputs[0], dims, () => broadcastOffsets(from, dims))];
  },
};
