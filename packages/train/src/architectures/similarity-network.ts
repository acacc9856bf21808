import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { batchNorm } from '../layers/batch-norm.js';
import { convolution } from '../layers/convolution.js';
import { dynamicSimilarity } from '../layers/dynamic-similarity.js';
import { flatten } from '../layers/flatten.js';
import { linear } from '../layers/linear.js';
import { network } from '../layers/network.js';
import { maxPool } from '../layers/pooling.js';
import { relu } from '../layers/relu.js';
import { similarityConvolution } from '../layers/similarity-convolution.js';
import type { Architecture } from './architecture.js';

/** How filters and patches are compared: [N, C, H, W] → [N, filters, H, W] over 3×3 places. */
type Comparison = (x: SymbolicTensor, name: string, filters: number) => SymbolicTensor;

const byInnerProduct: Comparison = (x, name, filters) =>
  convolution(x, name, filters, 3, { padding: 1, bias: false });
const byOneMatrix: Comparison = (x, name, filters) =>
  similarityConvolution(x, name, filters, 3, { measure: 'unconstrained' });
const byFactorsOfPixels: Comparison = (x, name, filters) =>
  dynamicSimilarity(x, name, filters, 3, { measure: 'diagonal' });

/** A network of such layers. */
interface Stages {
  readonly name: string;
  readonly title: string;
  readonly init: string;
  /** Of each stage; the first is that of the convolution in front of them, too. */
  readonly filters: readonly number[];
  /** Layers in each stage. */
  readonly depth: number;
  readonly comparison: Comparison;
}

/** A 3×3 convolution, stages of layers with a max-pooling behind each, a linear layer; batch norms and ReLUs behind all but the last. */
const stages = ({ name, title, init, filters, depth, comparison }: Stages): Architecture => ({
  name,
  title,
  init,
  build: (sizes, pooling) =>
    network(name, sizes, x => {
      const active = (value: SymbolicTensor, at: string): SymbolicTensor =>
        relu(batchNorm(value, `bn${at}`), `relu${at}`);
      let value = active(byInnerProduct(x, 'conv0', filters[0]), '0');
      filters.forEach((width, i) => {
        for (let n = 1; n <= depth; n++) {
          const at = `${i + 1}.${n}`;
          value = active(comparison(value, `conv${at}`, width), at);
        }
        if (pooling) value = maxPool(value, `pool${i + 1}`);
      });
      return linear(flatten(value), 'fc', sizes.classes);
    }),
});

const he = 'he-fan-in';

/** With the factors of the published code for the predictors of measures, which begin near that of the inner product. */
const heWithPredictors = `${he},*.m1.weight=0.1,*.m2.weight=0.001`;

const small = { filters: [16, 32], depth: 1 };

/** What the small networks of neural similarity are compared with. */
export const cnn = stages({
  ...small,
  name: 'cnn',
  title: 'three 3×3 convolutions, one linear layer',
  init: he,
  comparison: byInnerProduct,
});

/** A small network of static neural similarity. */
export const nslStatic = stages({
  ...small,
  name: 'nsl-static',
  title: 'the same with static neural similarity, M a matrix for each layer',
  init: he,
  comparison: byOneMatrix,
});

/** A small network of dynamic neural similarity. */
export const nslDynamic = stages({
  ...small,
  name: 'nsl-dynamic',
  title: 'the same with dynamic neural similarity, M a diagonal for each pixel',
  init: heWithPredictors,
  comparison: byFactorsOfPixels,
});

/** The network of Liu et al. 2019 for CIFAR-10: ten layers, nine of them of neural similarity. */
const published = { filters: [32, 64, 128], depth: 3 };

/** With static measures. */
export const nslCifarStatic = stages({
  ...published,
  name: 'nsl-cifar-static',
  title: 'ten 3×3 convolutions, nine of static neural similarity',
  init: he,
  comparison: byOneMatrix,
});

/** With dynamic measures. */
export const nslCifar = stages({
  ...published,
  name: 'nsl-cifar',
  title: 'ten 3×3 convolutions, nine of dynamic neural similarity',
  init: heWithPredictors,
  comparison: byFactorsOfPixels,
});
