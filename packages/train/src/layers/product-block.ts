import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { batchNorm } from './batch-norm.js';
import { convolution } from './convolution.js';
import { add, multiply } from './join.js';
import { relu } from './relu.js';
import { shortcut, type Block } from './shortcut.js';

/** How the product of a block is made. */
export interface ProductBlockOptions {
  /** Whether ReLUs follow the first batch-norm and the sum. */
  readonly activation?: boolean;
  /** Whether a 1×1 convolution stands between the product and its batch-norm. */
  readonly pointwise?: boolean;
}

/**
 * A residual block of a Π-net (Chrysos et al. 2020, section 4.2): F + s + BN(F ⊙ s), with F two 3×3 convolutions and batch-norms, s the
 * shortcut. Without activations it is a polynomial of degree 2.
 */
export function productBlock(
  x: SymbolicTensor,
  block: Block,
  { activation = false, pointwise = false }: ProductBlockOptions,
): SymbolicTensor {
  const { name, filters, stride } = block;
  const active = (value: SymbolicTensor, n: number): SymbolicTensor =>
    activation ? relu(value, `${name}.relu${n}`) : value;
  const part = (input: SymbolicTensor, n: number, step: number): SymbolicTensor => {
    const options = { stride: step, padding: 1, bias: false };
    return batchNorm(convolution(input, `${name}.conv${n}`, filters, 3, options), `${name}.bn${n}`);
  };
  const f = part(active(part(x, 1, stride), 1), 2, 1);
  const s = shortcut(x, block);
  const product = multiply(f, s, `${name}.product`);
  const mixed = pointwise
    ? convolution(product, `${name}.conv3`, filters, 1, { bias: false })
    : product;
  const sum = add(f, s, `${name}.sum`);
  return active(add(sum, batchNorm(mixed, `${name}.bn3`), `${name}.add`), 2);
}
