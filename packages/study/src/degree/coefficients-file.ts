import { encodeNpz, type NdArray } from '@nads/dataset';
import { symmetricTensor, type Polynomial } from '@nads/probe';

/** Numbers of a tensor that are written at most. */
const mostNumbers = 1 << 24;

/**
 * Coefficients as .npz: `exponents` [terms, D] int32, `coefficients` [terms, outputs] float64, and the symmetric tensors `T0` … `TN`,
 * [outputs, D, …, D], as far as they have no more than 16 million numbers.
 */
export function coefficientsFile(polynomial: Polynomial): Uint8Array {
  const { variables, outputs, exponents, coefficients } = polynomial;
  const degree = exponents.at(-1)!.reduce((a, b) => a + b, 0);
  const arrays: Record<string, NdArray> = {
    exponents: {
      dtype: 'int32',
      shape: [exponents.length, variables],
      data: Int32Array.from(exponents.flat()),
    },
    coefficients: { dtype: 'float64', shape: [exponents.length, outputs], data: coefficients },
  };
  for (let n = 0; n <= degree && outputs * variables ** n <= mostNumbers; n++)
    arrays[`T${n}`] = {
      dtype: 'float64',
      shape: [outputs, ...Array.from({ length: n }, () => variables)],
      data: symmetricTensor(polynomial, n),
    };
  return encodeNpz(arrays);
}
