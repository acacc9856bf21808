import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { batchNorm } from '../layers/batch-norm.js';
import { convolution } from '../layers/convolution.js';
import { flatten } from '../layers/flatten.js';
import { concatenate } from '../layers/join.js';
import { linear } from '../layers/linear.js';
import { network } from '../layers/network.js';
import { averagePool, globalAverage } from '../layers/pooling.js';
import { relu } from '../layers/relu.js';
import type { Architecture } from './architecture.js';

const growth = 32;
const layersOfBlocks = [6, 12, 24, 16];

/** Appends `growth` channels that come through a bottleneck of four times as many. */
function denseLayer(x: SymbolicTensor, name: string): SymbolicTensor {
  const norm = (input: SymbolicTensor, n: number): SymbolicTensor =>
    relu(batchNorm(input, `${name}.norm${n}`), `${name}.relu${n}`);
  const narrow = convolution(norm(x, 1), `${name}.conv1`, 4 * growth, 1, { bias: false });
  const wide = convolution(norm(narrow, 2), `${name}.conv2`, growth, 3, {
    padding: 1,
    bias: false,
  });
  return concatenate(x, wide, `${name}.concat`);
}

/** Halves the channels, then height and width. */
function transition(
  x: SymbolicTensor,
  name: string,
  filters: number,
  pooling: boolean,
): SymbolicTensor {
  const active = relu(batchNorm(x, `${name}.norm`), `${name}.relu`);
  const mapped = convolution(active, `${name}.conv`, filters, 1, { bias: false });
  return pooling ? averagePool(mapped, `${name}.pool`) : mapped;
}

function features(x: SymbolicTensor, pooling: boolean): SymbolicTensor {
  let width = 2 * growth;
  let value = convolution(x, 'features.conv0', width, 3, { padding: 1, bias: false });
  layersOfBlocks.forEach((count, i) => {
    for (let n = 1; n <= count; n++)
      value = denseLayer(value, `features.denseblock${i + 1}.denselayer${n}`);
    width += count * growth;
    if (i === layersOfBlocks.length - 1) return;
    width /= 2;
    value = transition(value, `features.transition${i + 1}`, width, pooling);
  });
  return relu(batchNorm(value, 'features.norm5'), 'features.relu5');
}

/** DenseNet-121 (Huang et al. 2017) for small images: growth 32, a 3×3 stem of stride 1 and no pooling behind it. */
export const densenet121: Architecture = {
  name: 'densenet121',
  title: 'DenseNet-121 with a 3×3 stem, growth 32',
  init: 'pytorch',
  build: (sizes, pooling) =>
    network('densenet121', sizes, x => {
      const value = features(x, pooling);
      return linear(
        pooling ? globalAverage(value, 'avgpool') : flatten(value),
        'classifier',
        sizes.classes,
      );
    }),
};
