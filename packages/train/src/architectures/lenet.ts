import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { convolution } from '../layers/convolution.js';
import { flatten } from '../layers/flatten.js';
import { linear } from '../layers/linear.js';
import { network } from '../layers/network.js';
import { maxPool } from '../layers/pooling.js';
import { relu } from '../layers/relu.js';
import type { Architecture } from './architecture.js';

/** LeNet-5 with ReLU and max-pooling (LeCun et al. 1998, as Ortiz-Jiménez et al. 2020 have it). */
export const lenet: Architecture = {
  name: 'lenet',
  title: 'LeNet-5: two 5×5 convolutions, three linear layers',
  init: 'pytorch',
  build: (sizes, pooling) =>
    network('lenet', sizes, x => {
      const stage = (input: SymbolicTensor, n: number, filters: number): SymbolicTensor => {
        const active = relu(convolution(input, `conv${n}`, filters, 5), `relu${n}`);
        return pooling ? maxPool(active, `pool${n}`) : active;
      };
      const flat = flatten(stage(stage(x, 1, 6), 2, 16));
      const hidden = relu(linear(flat, 'fc1', 120), 'relu3');
      return linear(relu(linear(hidden, 'fc2', 84), 'relu4'), 'fc3', sizes.classes);
    }),
};
