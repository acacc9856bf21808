import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { Architecture } from '../architectures/architecture.js';
import { batchNorm } from '../layers/batch-norm.js';
import { convolution } from '../layers/convolution.js';
import { flatten } from '../layers/flatten.js';
import { add } from '../layers/join.js';
import { linear } from '../layers/linear.js';
import { network } from '../layers/network.js';
import { averagePool, globalAverage } from '../layers/pooling.js';
import { relu } from '../layers/relu.js';
import { cellPrefix, formatCell, type Cell } from './cell.js';
import { cellBlock, normalisedConvolution } from './cell-block.js';

/** Filters of each stage, and cells in each. */
const [stages, cellsInStage] = [[16, 32, 64], 5];

/**
 * The network around a cell (Dong & Yang 2020, section 2.1): a 3×3 convolution, three stages of five cells, a residual block of stride
 * 2 before the second and the third, batch normalisation, ReLU, the mean over space and a linear layer.
 */
export function cellNetwork(cell: Cell): Architecture {
  const name = `${cellPrefix}${formatCell(cell)}`;
  return {
    name,
    title: 'a cell of NAS-Bench-201 in its network of 15 cells',
    init: 'pytorch',
    build: (sizes, pooling) =>
      network('cell', sizes, x => {
        const stem = convolution(x, 'stem.conv', stages[0], 3, { padding: 1, bias: false });
        const body = stages.reduce(
          (value, filters, stage) => {
            const start =
              stage === 0
                ? value
                : reduction(value, `stage${stage + 1}.reduction`, filters, pooling);
            return stageOf(start, cell, `stage${stage + 1}`, filters);
          },
          batchNorm(stem, 'stem.bn'),
        );
        const active = relu(batchNorm(body, 'last.bn'), 'last.relu');
        const features = pooling ? globalAverage(active, 'avgpool') : flatten(active);
        return linear(features, 'fc', sizes.classes);
      }),
  };
}

function stageOf(x: SymbolicTensor, cell: Cell, name: string, filters: number): SymbolicTensor {
  let value = x;
  for (let n = 0; n < cellsInStage; n++)
    value = cellBlock(value, cell, `${name}.cell${n}`, filters);
  return value;
}

/** Two convolutions beside a shortcut: the mean of 2×2 elements and a 1×1 convolution. */
function reduction(
  x: SymbolicTensor,
  name: string,
  filters: number,
  pooling: boolean,
): SymbolicTensor {
  const first = normalisedConvolution(x, `${name}.1`, filters, 3, pooling ? 2 : 1);
  const mapped = normalisedConvolution(first, `${name}.2`, filters, 3);
  const mean = pooling ? averagePool(x, `${name}.pool`) : x;
  const projected = convolution(mean, `${name}.projection`, filters, 1, { bias: false });
  return add(mapped, projected, `${name}.add`);
}
