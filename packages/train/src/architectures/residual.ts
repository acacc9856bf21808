import { flatten } from '../layers/flatten.js';
import { linear } from '../layers/linear.js';
import { network } from '../layers/network.js';
import { globalAverage } from '../layers/pooling.js';
import { residualStages } from '../layers/residual-stages.js';
import type { Architecture } from './architecture.js';

/** A residual network. */
export interface Residual {
  readonly name: string;
  readonly title: string;
  /** Of each stage. */
  readonly filters: readonly number[];
  /** In each stage. */
  readonly blocks: number;
}

/** Stages of residual blocks (He et al. 2016) behind a 3×3 stem of stride 1, global average pooling, a linear layer. */
export const residual = ({ name, title, filters, blocks }: Residual): Architecture => ({
  name,
  title,
  init: 'pytorch',
  build: (sizes, pooling) =>
    network(name, sizes, x => {
      const value = residualStages(x, { filters, blocks, strided: pooling });
      const features = pooling ? globalAverage(value, 'avgpool') : flatten(value);
      return linear(features, 'fc', sizes.classes);
    }),
});
