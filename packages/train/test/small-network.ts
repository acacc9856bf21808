import type { Random } from '@nads/linalg';
import type { Architecture } from '../src/architectures/index.js';
import { freshNetwork, type FreshNetwork } from '../src/fresh-network.js';
import { batchNorm } from '../src/layers/batch-norm.js';
import { convolution } from '../src/layers/convolution.js';
import { dropout } from '../src/layers/dropout.js';
import { dynamicSimilarity } from '../src/layers/dynamic-similarity.js';
import { flatten } from '../src/layers/flatten.js';
import { add, concatenate } from '../src/layers/join.js';
import { linear } from '../src/layers/linear.js';
import { network } from '../src/layers/network.js';
import { polynomial } from '../src/layers/polynomial.js';
import { productBlock } from '../src/layers/product-block.js';
import { averagePool, globalAverage, maxPool } from '../src/layers/pooling.js';
import { relu } from '../src/layers/relu.js';
import { similarityConvolution } from '../src/layers/similarity-convolution.js';

/** One of every layer, small. */
export const everyLayer: Architecture = {
  name: 'every-layer',
  title: 'one of every layer',
  init: 'pytorch',
  build: sizes =>
    network('every-layer', sizes, x => {
      const stem = convolution(x, 'conv1', 4, 3, { padding: 1, bias: false });
      const active = relu(batchNorm(stem, 'bn1'), 'relu1');
      const strided = convolution(active, 'conv2', 4, 3, { stride: 2, padding: 1 });
      const pooled = maxPool(active, 'pool');
      const joined = concatenate(pooled, add(strided, pooled, 'add'), 'concat');
      const small = averagePool(relu(batchNorm(joined, 'bn2'), 'relu2'), 'average');
      const deep = relu(convolution(small, 'conv3', 6, 1), 'relu3');
      const hidden = relu(linear(flatten(deep), 'fc1', 10), 'relu4');
      return linear(dropout(hidden, 'drop', 0.5), 'fc2', sizes.classes);
    }),
};

/** Ends with a mean over space instead. */
export const averaging: Architecture = {
  ...everyLayer,
  build: sizes =>
    network('averaging', sizes, x => {
      const maps = relu(batchNorm(convolution(x, 'conv', 5, 3), 'bn'), 'relu');
      return linear(globalAverage(maps, 'mean'), 'fc', sizes.classes);
    }),
};

/** Products of layers, without activations. */
export const products: Architecture = {
  ...everyLayer,
  build: sizes =>
    network('products', sizes, x => {
      const options = { recursion: 'ncp-skip', degree: 3, width: 4, outputs: 4 } as const;
      const value = batchNorm(polynomial(x, 'p', { ...options, stride: 2 }), 'bn');
      const block = { name: 'b', inputs: 4, filters: 6, stride: 2 };
      return linear(flatten(productBlock(value, block, { pointwise: true })), 'fc', sizes.classes);
    }),
};

/** Comparisons by learnt measures, the same everywhere and of each pixel. */
export const similarities: Architecture = {
  ...everyLayer,
  build: sizes =>
    network('similarities', sizes, x => {
      const options = { measure: 'unconstrained', perChannel: true } as const;
      const first = relu(similarityConvolution(x, 'fixed', 4, 3, options), 'relu1');
      const second = similarityConvolution(first, 'scaled', 4, 3, { measure: 'diagonal' });
      const third = relu(batchNorm(second, 'bn'), 'relu2');
      const by = { hidden: 5, stride: 2 };
      const scaled = dynamicSimilarity(third, 'd', 5, 3, {
        ...by,
        measure: 'diagonal',
        sphere: true,
      });
      const mapped = dynamicSimilarity(scaled, 'm', 4, 3, { ...by, measure: 'unconstrained' });
      return linear(flatten(mapped), 'fc', sizes.classes);
    }),
};

export const sizes = { channels: 2, height: 8, width: 8, classes: 3 };

export const fresh = (architecture: Architecture, random: Random): FreshNetwork =>
  freshNetwork(architecture, sizes, { random });
