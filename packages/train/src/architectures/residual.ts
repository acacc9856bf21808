import { flatten } from '../layers/flatten.js';
import { linear } from '../layers/linear.js';
import { network } from '../layers/network.js';
import { globalAverage } from '../layers/pooling.js';
import { residualStages, type Stages } from '../layers/residual-stages.js';
import type { Architecture } from './architecture.js';

/** A residual network. */
export interface Residual {
  readonly name: string;
  readonly title: string;
  /** Of each stage. */
  readonly filters: readonly number[];
  /** In each stage. */
  readonly blocks: number;
  /** What a block is; of two convolutions beside a shortcut if not given. */
  readonly block?: Stages['block'];
  /** Whether a ReLU follows the stem; if not given, one does. */
  readonly activation?: boolean;
}

/** Stages of residual blocks (He et al. 2016) behind a 3×3 stem of stride 1, global average pooling, a linear layer. */
export const residual = ({ name, title, ...stages }: Residual): Architecture => ({
  name,
  title,
  init: 'pytorch',
  build: (sizes, pooling) =>
    network(name, sizes, x => {
      const value = residualStages(x, { ...stages, strided: pooling });
      const features = pooling ? globalAverage(value, 'avgpool') : flatten(value);
      return linear(features, 'fc', sizes.classes);
    }),
});
