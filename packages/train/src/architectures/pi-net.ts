import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { batchNorm } from '../layers/batch-norm.js';
import { flatten } from '../layers/flatten.js';
import { linear } from '../layers/linear.js';
import { network } from '../layers/network.js';
import { polynomial } from '../layers/polynomial.js';
import type { Architecture } from './architecture.js';

interface Variant {
  readonly name: string;
  readonly title: string;
  readonly activation: boolean;
}

/**
 * A small product of polynomials (ProdPoly, Chrysos et al. 2020): two of degree 2 by the recursion NCP with skips, of 16 and 32 channels,
 * each with strides of 2 and a batch-norm behind it, and a linear layer. Without activations its logits are polynomials of degree 4.
 */
const variant = ({ name, title, activation }: Variant): Architecture => ({
  name,
  title,
  init: 'pytorch',
  build: (sizes, pooling) =>
    network(name, sizes, x => {
      const stage = (z: SymbolicTensor, n: number, width: number): SymbolicTensor => {
        const stride = pooling ? 2 : 1;
        const options = { recursion: 'ncp-skip', degree: 2, width, outputs: width } as const;
        const value = polynomial(z, `poly${n}`, { ...options, stride, activation });
        return batchNorm(value, `bn${n}`);
      };
      return linear(flatten(stage(stage(x, 1, 16), 2, 32)), 'fc', sizes.classes);
    }),
});

/** Without activations. */
export const piNet = variant({
  name: 'pi-net',
  title: 'Π-net: a polynomial of degree 4, no activation, no pooling',
  activation: false,
});

/** With a ReLU behind every step of the recursion. */
export const piNetRelu = variant({
  name: 'pi-net-relu',
  title: 'Π-net with ReLU: the same with activations',
  activation: true,
});
