import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { batchNorm } from '../layers/batch-norm.js';
import { convolution } from '../layers/convolution.js';
import { dataFormat } from '../layers/data-format.js';
import { relu } from '../layers/relu.js';
import { zeros } from '../layers/zeros.js';
import { cellEdges, type Cell, type CellOperation } from './cell.js';

/** ReLU, convolution without bias that keeps the size at stride 1, batch normalisation. */
export function normalisedConvolution(
  x: SymbolicTensor,
  name: string,
  filters: number,
  kernel: number,
  stride = 1,
): SymbolicTensor {
  const options = { stride, padding: kernel >> 1, bias: false };
  const mapped = convolution(relu(x, `${name}.relu`), `${name}.conv`, filters, kernel, options);
  return batchNorm(mapped, `${name}.bn`);
}

/** What a cell makes of a value. Only what its output depends on is built: sums leave zeros out. */
export function cellBlock(
  x: SymbolicTensor,
  cell: Cell,
  name: string,
  filters: number,
): SymbolicTensor {
  const values = new Map<number, SymbolicTensor | undefined>([[0, x]]);
  const valueOf = (node: number): SymbolicTensor | undefined => {
    if (values.has(node)) return values.get(node);
    const terms = cellEdges.flatMap(({ to, from }, i) => {
      const input = to === node && cell[i] !== 'none' ? valueOf(from) : undefined;
      return input ? [edge(input, cell[i], `${name}.edge${from}${to}`, filters)] : [];
    });
    const value = terms.length > 1 ? sum(terms, `${name}.node${node}`) : terms[0];
    values.set(node, value);
    return value;
  };
  return valueOf(3) ?? zeros(x, `${name}.zeros`);
}

function edge(
  x: SymbolicTensor,
  operation: CellOperation,
  name: string,
  filters: number,
): SymbolicTensor {
  if (operation === 'skip_connect') return x;
  if (operation === 'avg_pool_3x3') return smoothed(x, name);
  return normalisedConvolution(x, name, filters, operation === 'nor_conv_1x1' ? 1 : 3);
}

/** The mean of 3×3 elements around each, those outside not counted. */
const smoothed = (x: SymbolicTensor, name: string): SymbolicTensor =>
  layers
    .averagePooling2d({ name, poolSize: 3, strides: 1, padding: 'same', dataFormat })
    .apply(x) as SymbolicTensor;

const sum = (terms: SymbolicTensor[], name: string): SymbolicTensor =>
  layers.add({ name }).apply(terms) as SymbolicTensor;
