import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { channelScale } from './channel-scale.js';
import { convolution } from './convolution.js';
import { add, multiply } from './join.js';
import { linear } from './linear.js';
import { relu } from './relu.js';

/** A polynomial of a value by one of the recursions of Π-nets (Chrysos et al. 2020, section 3). */
export interface PolynomialOptions {
  /**
   * - `ccp`: x_1 = U_1ᵀz, x_n = (U_nᵀz) ⊙ x_{n−1} + x_{n−1}
   * - `ncp`: x_1 = (A_1ᵀz) ⊙ c_1, x_n = (A_nᵀz) ⊙ (S_nᵀx_{n−1} + c_n), where c_n stands for B_nᵀb_n
   * - `ncp-skip`: the same + V_n x_{n−1}
   */
  readonly recursion: 'ccp' | 'ncp' | 'ncp-skip';
  /** N, the degree: at least 2. */
  readonly degree: number;
  /** Numbers or channels of each x_n: the rank. */
  readonly width: number;
  /** Numbers or channels of the result C x_N + β. */
  readonly outputs: number;
  /** Height and width of kernels, for images; 3 if not given. */
  readonly kernel?: number;
  /** Of the maps of z, for images. */
  readonly stride?: number;
  /** Whether a ReLU follows every x_n; it is no polynomial then. */
  readonly activation?: boolean;
}

/**
 * C x_N + β of a value z [N, D], with matrices, or [N, C, H, W], with convolutions that
 * keep its height and width and C of 1×1. Layers are
 * called NAME.U.0, NAME.A.1, NAME.S.0 …, their number counted from 0; `S.0` and `V.0` belong to n = 2.
 * @throws where the degree is below 2
 */
export function polynomial(
  z: SymbolicTensor,
  name: string,
  options: PolynomialOptions,
): SymbolicTensor {
  const { recursion, degree, outputs, activation } = options;
  if (degree < 2) throw new Error(`a polynomial '${name}' of degree ${degree}; at least 2`);
  const recursionOf = { ccp, ncp, 'ncp-skip': ncp }[recursion](z, name, options);
  const active = (x: SymbolicTensor, n: number): SymbolicTensor =>
    activation ? relu(x, `${name}.relu.${n - 1}`) : x;
  let x = active(recursionOf.first, 1);
  for (let n = 2; n <= degree; n++) x = active(recursionOf.next(x, n), n);
  return isImage(z) ? convolution(x, `${name}.C`, outputs, 1) : linear(x, `${name}.C`, outputs);
}

/** x_1, and x_n from x_{n−1}. */
interface Recursion {
  readonly first: SymbolicTensor;
  readonly next: (x: SymbolicTensor, n: number) => SymbolicTensor;
}

function ccp(z: SymbolicTensor, name: string, options: PolynomialOptions): Recursion {
  const ofInput = (n: number): SymbolicTensor => mapped(z, `${name}.U.${n - 1}`, options);
  return {
    first: ofInput(1),
    next: (x, n) =>
      add(multiply(ofInput(n), x, `${name}.product.${n - 1}`), x, `${name}.x.${n - 1}`),
  };
}

function ncp(z: SymbolicTensor, name: string, options: PolynomialOptions): Recursion {
  const ofInput = (n: number): SymbolicTensor => mapped(z, `${name}.A.${n - 1}`, options);
  const inner = { ...options, stride: 1 };
  return {
    first: channelScale(ofInput(1), `${name}.c.0`),
    next: (x, n) => {
      const shifted = mapped(x, `${name}.S.${n - 2}`, inner, true);
      const product = multiply(ofInput(n), shifted, `${name}.product.${n - 1}`);
      if (options.recursion === 'ncp') return product;
      return add(product, mapped(x, `${name}.V.${n - 2}`, inner), `${name}.x.${n - 1}`);
    },
  };
}

/** A linear map of a value, with a bias where asked for. */
const mapped = (
  x: SymbolicTensor,
  name: string,
  { width, kernel = 3, stride = 1 }: PolynomialOptions,
  bias = false,
): SymbolicTensor =>
  isImage(x)
    ? convolution(x, name, width, kernel, { padding: kernel >> 1, stride, bias })
    : linear(x, name, width, { bias });

const isImage = ({ shape }: SymbolicTensor): boolean => shape.length === 4;
