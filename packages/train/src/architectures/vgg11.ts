import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { batchNorm } from '../layers/batch-norm.js';
import { convolution } from '../layers/convolution.js';
import { dropout } from '../layers/dropout.js';
import { flatten } from '../layers/flatten.js';
import { linear } from '../layers/linear.js';
import { network } from '../layers/network.js';
import { maxPool } from '../layers/pooling.js';
import { relu } from '../layers/relu.js';
import type { Architecture } from './architecture.js';

/** Filters of each convolution, and where the image is halved. */
const layout = [
  64,
  'pool',
  128,
  'pool',
  256,
  256,
  'pool',
  512,
  512,
  'pool',
  512,
  512,
  'pool',
] as const;

/** Names count as PyTorch's Sequential does: a convolution, its normalisation and its ReLU are entries. */
function features(x: SymbolicTensor, norm: boolean, pooling: boolean): SymbolicTensor {
  let at = 0;
  const next = (): string => `features.${at++}`;
  return layout.reduce<SymbolicTensor>((value, entry) => {
    if (entry === 'pool') {
      const name = next();
      return pooling ? maxPool(value, name) : value;
    }
    const mapped = convolution(value, next(), entry, 3, { padding: 1 });
    return relu(norm ? batchNorm(mapped, next()) : mapped, next());
  }, x);
}

function classifier(x: SymbolicTensor, classes: number): SymbolicTensor {
  const hidden = [0, 3].reduce((value, at) => {
    const active = relu(linear(value, `classifier.${at}`, 512), `classifier.${at + 1}`);
    return dropout(active, `classifier.${at + 2}`, 0.5);
  }, x);
  return linear(hidden, 'classifier.6', classes);
}

/**
 * VGG-11 (configuration A of Simonyan & Zisserman 2015) for small images: hidden linear layers of 512 units with
 * dropout behind them, convolutions drawn from N(0, 2/(k²·filters)) as in the published experiments.
 */
const vgg = (name: string, norm: boolean): Architecture => ({
  name,
  title: `VGG-11 ${norm ? 'with' : 'without'} batch normalisation`,
  init: 'conv=he-fan-out,linear=pytorch',
  build: (sizes, pooling) =>
    network(name, sizes, x => classifier(flatten(features(x, norm, pooling)), sizes.classes)),
});

export const vgg11 = vgg('vgg11', false);
export const vgg11Bn = vgg('vgg11-bn', true);
