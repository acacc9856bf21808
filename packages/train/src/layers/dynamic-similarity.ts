import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { batchNorm } from './batch-norm.js';
import { convolution } from './convolution.js';
import type { Measure } from '../measures/measure.js';
import { MeasuredConvolution } from './measured-convolution.js';
import { normalizedConvolution } from './normalized-convolution.js';
import { relu } from './relu.js';

/** How the measure of each pixel is predicted. */
export interface DynamicSimilarityOptions extends Pick<Measure, 'measure'> {
  readonly stride?: number;
  /** Channels of the predictor's hidden layer; 64 for diagonal measures and 128 for others if not given, as published. */
  readonly hidden?: number;
  /** Whether the predictor compares by cosines: both of its convolutions divided by the norms of patches and filters. */
  readonly sphere?: boolean;
}

/** ε of the predictor's batch norms in the published code, with which measures begin near that of the inner product. */
const normEpsilon = 1e-3;

/**
 * A dynamic neural similarity convolution (Liu et al. 2019, section 4.2) [N, C, H, W] → [N, filters, …] without a bias: at each
 * pixel wᵀ M x with M = I + m₂(m₁(x)). The predictor is NAME.m1, a k×k convolution divided by the norms of patches, a ReLU, and
 * NAME.m2, a k×k convolution; for diagonal measures with batch norms NAME.bn1 and NAME.bn2 behind both.
 */
export function dynamicSimilarity(
  x: SymbolicTensor,
  name: string,
  filters: number,
  kernel: number,
  { stride = 1, measure, ...predictor }: DynamicSimilarityOptions,
): SymbolicTensor {
  const settings = { filters, kernel, stride, padding: kernel >> 1, measure };
  const predicted = predictedMeasure(x, name, kernel, { stride, measure, ...predictor });
  const layer = new MeasuredConvolution({ name, settings });
  return layer.apply([x, predicted]) as SymbolicTensor;
}

/** m₂(m₁(x)). */
function predictedMeasure(
  x: SymbolicTensor,
  name: string,
  kernel: number,
  { stride, measure, hidden, sphere = false }: DynamicSimilarityOptions,
): SymbolicTensor {
  const isDiagonal = measure === 'diagonal';
  const norm = (value: SymbolicTensor, n: number): SymbolicTensor =>
    isDiagonal ? batchNorm(value, `${name}.bn${n}`, { epsilon: normEpsilon }) : value;
  const width = hidden ?? (isDiagonal ? 64 : 128);
  const first = normalizedConvolution(x, `${name}.m1`, width, kernel, { stride, byFilter: sphere });
  const active = relu(norm(first, 1), `${name}.relu`);
  const outputs = isDiagonal ? kernel ** 2 : kernel ** 4;
  return norm(
    sphere
      ? normalizedConvolution(active, `${name}.m2`, outputs, kernel, { byFilter: true })
      : convolution(active, `${name}.m2`, outputs, kernel, { padding: kernel >> 1, bias: false }),
    2,
  );
}
