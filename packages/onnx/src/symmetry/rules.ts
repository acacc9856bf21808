import { concat } from './concat.js';
import type { Rule } from './context.js';
import { linear } from './linear.js';
import { normalisation, softmax } from './normalisation.js';
import { pad } from './pad.js';
import { pointwise } from './pointwise.js';
import { globalPool, reduction } from './reduction.js';
import { regroup, transpose } from './regroup.js';
import { resize } from './resize.js';
import { windowed } from './windowed.js';

const named = (operators: string, rule: Rule): [string, Rule][] =>
  operators.split(' ').map(name => [name, rule]);

/** How operators act on relabelled pixels, by name; what is not here is taken to break a symmetry. */
export const rules: Readonly<Record<string, Rule>> = Object.fromEntries([
  ...named('Conv', windowed(1)),
  ...named('MaxPool AveragePool LpPool', windowed()),
  ...named('GlobalAveragePool GlobalMaxPool GlobalLpPool', globalPool),
  ...named('ReduceMean ReduceSum ReduceMax ReduceMin ReduceL2', reduction),
  ...named('Gemm MatMul', linear),
  ...named('Transpose', transpose),
  ...named('Reshape Flatten Squeeze Unsqueeze', regroup),
  ...named('Concat', concat),
  ...named('Pad', pad),
  ...named('Resize Upsample', resize),
  ...named('BatchNormalization InstanceNormalization GroupNormalization LRN', normalisation),
  ...named('Softmax LogSoftmax', softmax),
  ...named('Add Sub Mul Div Pow Min Max Sum Mean Where Clip PRelu', pointwise),
  ...named(
    'Relu LeakyRelu Elu Selu Celu Gelu Sigmoid HardSigmoid HardSwish Mish Softplus Softsign Tanh Erf',
    pointwise,
  ),
  ...named(
    'Exp Log Sqrt Abs Neg Reciprocal Identity Cast Dropout Floor Ceil Round Sign ThresholdedRelu',
    pointwise,
  ),
]);
