import type { Node } from '../graph.js';
import type { Operator } from '../operator.js';
import { aTen } from './a-ten.js';
import { abs } from './abs.js';
import { acos } from './acos.js';
import { acosh } from './acosh.js';
import { add } from './add.js';
import { affineGrid } from './affine-grid.js';
import { affine } from './affine.js';
import { and } from './and.js';
import { argMax } from './arg-max.js';
import { argMin } from './arg-min.js';
import { asin } from './asin.js';
import { asinh } from './asinh.js';
import { atan } from './atan.js';
import { atanh } from './atanh.js';
import { attention } from './attention.js';
import { averagePool } from './average-pool.js';
import { batchNormalization } from './batch-normalization.js';
import { bernoulli } from './bernoulli.js';
import { bitShift } from './bit-shift.js';
import { bitwiseAnd } from './bitwise-and.js';
import { bitwiseNot } from './bitwise-not.js';
import { bitwiseOr } from './bitwise-or.js';
import { bitwiseXor } from './bitwise-xor.js';
import { castLike } from './cast-like.js';
import { cast } from './cast.js';
import { ceil } from './ceil.js';
import { celu } from './celu.js';
import { centerCropPad } from './center-crop-pad.js';
import { clip } from './clip.js';
import { col2Im } from './col2-im.js';
import { compress } from './compress.js';
import { concat } from './concat.js';
import { constantOfShape } from './constant-of-shape.js';
import { constant } from './constant.js';
import { convInteger } from './conv-integer.js';
import { convTranspose } from './conv-transpose.js';
import { conv } from './conv.js';
import { cos } from './cos.js';
import { cosh } from './cosh.js';
import { crop } from './crop.js';
import { cumProd } from './cum-prod.js';
import { cumSum } from './cum-sum.js';
import { depthToSpace } from './depth-to-space.js';
import { dequantizeLinear } from './dequantize-linear.js';
import { det } from './det.js';
import { div } from './div.js';
import { dropout } from './dropout.js';
import { dynamicQuantizeLinear } from './dynamic-quantize-linear.js';
import { dynamicSlice } from './dynamic-slice.js';
import { einsum } from './einsum.js';
import { elu } from './elu.js';
import { equal } from './equal.js';
import { erf } from './erf.js';
import { exp } from './exp.js';
import { expand } from './expand.js';
import { eyeLike } from './eye-like.js';
import { flatten } from './flatten.js';
import { floor } from './floor.js';
import { gatherElements } from './gather-elements.js';
import { gatherNd } from './gather-nd.js';
import { gather } from './gather.js';
import { gelu } from './gelu.js';
import { gemm } from './gemm.js';
import { givenTensorFill } from './given-tensor-fill.js';
import { globalAveragePool } from './global-average-pool.js';
import { globalLpPool } from './global-lp-pool.js';
import { globalMaxPool } from './global-max-pool.js';
import { greaterOrEqual } from './greater-or-equal.js';
import { greater } from './greater.js';
import { gridSample } from './grid-sample.js';
import { groupNormalization } from './group-normalization.js';
import { gruUnit } from './gru-unit.js';
import { gru } from './gru.js';
import { hardSigmoid } from './hard-sigmoid.js';
import { hardSwish } from './hard-swish.js';
import { hardmax } from './hardmax.js';
import { identity } from './identity.js';
import { ifThenElse } from './if.js';
import { imageScaler } from './image-scaler.js';
import { instanceNormalization } from './instance-normalization.js';
import { isInf } from './is-inf.js';
import { isNan } from './is-nan.js';
import { layerNormalization } from './layer-normalization.js';
import { leakyRelu } from './leaky-relu.js';
import { lessOrEqual } from './less-or-equal.js';
import { less } from './less.js';
import { logSoftmax } from './log-softmax.js';
import { log } from './log.js';
import { loop } from './loop.js';
import { lpNormalization } from './lp-normalization.js';
import { lpPool } from './lp-pool.js';
import { lrn } from './lrn.js';
import { lstm } from './lstm.js';
import { matMulInteger } from './mat-mul-integer.js';
import { matMul } from './mat-mul.js';
import { maxPool } from './max-pool.js';
import { maxRoiPool } from './max-roi-pool.js';
import { maxUnpool } from './max-unpool.js';
import { max } from './max.js';
import { meanVarianceNormalization } from './mean-variance-normalization.js';
import { mean } from './mean.js';
import { biasGelu } from './microsoft/bias-gelu.js';
import { microsoftDequantizeLinear } from './microsoft/dequantize-linear.js';
import { dynamicQuantizeLstm } from './microsoft/dynamic-quantize-lstm.js';
import { dynamicQuantizeMatMul } from './microsoft/dynamic-quantize-mat-mul.js';
import { fastGelu } from './microsoft/fast-gelu.js';
import { fusedConv } from './microsoft/fused-conv.js';
import { fusedMatMul } from './microsoft/fused-mat-mul.js';
import { microsoftGelu } from './microsoft/gelu.js';
import { matMulIntegerToFloat } from './microsoft/mat-mul-integer-to-float.js';
import { qLinearAdd } from './microsoft/q-linear-add.js';
import { qLinearAveragePool } from './microsoft/q-linear-average-pool.js';
import { qLinearConcat } from './microsoft/q-linear-concat.js';
import { microsoftQLinearConv } from './microsoft/q-linear-conv.js';
import { qLinearGlobalAveragePool } from './microsoft/q-linear-global-average-pool.js';
import { qLinearLeakyRelu } from './microsoft/q-linear-leaky-relu.js';
import { qLinearMul } from './microsoft/q-linear-mul.js';
import { qLinearReduceMean } from './microsoft/q-linear-reduce-mean.js';
import { qLinearSigmoid } from './microsoft/q-linear-sigmoid.js';
import { qLinearSoftmax } from './microsoft/q-linear-softmax.js';
import { qLinearWhere } from './microsoft/q-linear-where.js';
import { microsoftQuantizeLinear } from './microsoft/quantize-linear.js';
import { quickGelu } from './microsoft/quick-gelu.js';
import { skipLayerNormalization } from './microsoft/skip-layer-normalization.js';
import { skipSimplifiedLayerNormalization } from './microsoft/skip-simplified-layer-normalization.js';
import { min } from './min.js';
import { mish } from './mish.js';
import { mod } from './mod.js';
import { mul } from './mul.js';
import { multinomial } from './multinomial.js';
import { neg } from './neg.js';
import { negativeLogLikelihoodLoss } from './negative-log-likelihood-loss.js';
import { nonZero } from './non-zero.js';
import { not } from './not.js';
import { oneHot } from './one-hot.js';
import { or } from './or.js';
import { pRelu } from './p-relu.js';
import { pad } from './pad.js';
import { parametricSoftplus } from './parametric-softplus.js';
import { pow } from './pow.js';
import { qLinearConv } from './q-linear-conv.js';
import { qLinearMatMul } from './q-linear-mat-mul.js';
import { quantizeLinear } from './quantize-linear.js';
import { randomNormalLike } from './random-normal-like.js';
import { randomNormal } from './random-normal.js';
import { randomUniformLike } from './random-uniform-like.js';
import { randomUniform } from './random-uniform.js';
import { range } from './range.js';
import { reciprocal } from './reciprocal.js';
import { reduceL1 } from './reduce-l1.js';
import { reduceL2 } from './reduce-l2.js';
import { reduceLogSumExp } from './reduce-log-sum-exp.js';
import { reduceLogSum } from './reduce-log-sum.js';
import { reduceMax } from './reduce-max.js';
import { reduceMean } from './reduce-mean.js';
import { reduceMin } from './reduce-min.js';
import { reduceProd } from './reduce-prod.js';
import { reduceSumSquare } from './reduce-sum-square.js';
import { reduceSum } from './reduce-sum.js';
import { relu } from './relu.js';
import { reshape } from './reshape.js';
import { resize } from './resize.js';
import { reverseSequence } from './reverse-sequence.js';
import { rmsNormalization } from './rms-normalization.js';
import { rnn } from './rnn.js';
import { roiAlign } from './roi-align.js';
import { rotaryEmbedding } from './rotary-embedding.js';
import { round } from './round.js';
import { scale } from './scale.js';
import { scaledTanh } from './scaled-tanh.js';
import { scan } from './scan.js';
import { scatterElements } from './scatter-elements.js';
import { scatterNd } from './scatter-nd.js';
import { scatter } from './scatter.js';
import { selu } from './selu.js';
import { shape } from './shape.js';
import { shrink } from './shrink.js';
import { sigmoid } from './sigmoid.js';
import { sign } from './sign.js';
import { sin } from './sin.js';
import { sinh } from './sinh.js';
import { size } from './size.js';
import { slice } from './slice.js';
import { softmaxCrossEntropyLoss } from './softmax-cross-entropy-loss.js';
import { softmax } from './softmax.js';
import { softplus } from './softplus.js';
import { softsign } from './softsign.js';
import { spaceToDepth } from './space-to-depth.js';
import { split } from './split.js';
import { sqrt } from './sqrt.js';
import { squeeze } from './squeeze.js';
import { sub } from './sub.js';
import { sum } from './sum.js';
import { swish } from './swish.js';
import { tan } from './tan.js';
import { tanh } from './tanh.js';
import { tensorScatter } from './tensor-scatter.js';
import { thresholdedRelu } from './thresholded-relu.js';
import { tile } from './tile.js';
import { topK } from './top-k.js';
import { transpose } from './transpose.js';
import { trilu } from './trilu.js';
import { unique } from './unique.js';
import { unsqueeze } from './unsqueeze.js';
import { upsample } from './upsample.js';
import { where } from './where.js';
import { xor } from './xor.js';

/** Every operator that we know something of: one line each. */
export const operators: readonly Operator[] = [
  abs,
  acos,
  acosh,
  add,
  affine,
  affineGrid,
  and,
  argMax,
  argMin,
  asin,
  asinh,
  atan,
  atanh,
  aTen,
  attention,
  averagePool,
  batchNormalization,
  bernoulli,
  biasGelu,
  bitShift,
  bitwiseAnd,
  bitwiseNot,
  bitwiseOr,
  bitwiseXor,
  cast,
  castLike,
  ceil,
  celu,
  centerCropPad,
  clip,
  col2Im,
  compress,
  concat,
  constant,
  constantOfShape,
  conv,
  convInteger,
  convTranspose,
  cos,
  cosh,
  crop,
  cumProd,
  cumSum,
  depthToSpace,
  dequantizeLinear,
  det,
  div,
  dropout,
  dynamicQuantizeLinear,
  dynamicQuantizeLstm,
  dynamicQuantizeMatMul,
  dynamicSlice,
  einsum,
  elu,
  equal,
  erf,
  exp,
  expand,
  eyeLike,
  fastGelu,
  flatten,
  floor,
  fusedConv,
  fusedMatMul,
  gather,
  gatherElements,
  gatherNd,
  gelu,
  gemm,
  givenTensorFill,
  globalAveragePool,
  globalLpPool,
  globalMaxPool,
  greater,
  greaterOrEqual,
  gridSample,
  groupNormalization,
  gru,
  gruUnit,
  hardmax,
  hardSigmoid,
  hardSwish,
  identity,
  ifThenElse,
  imageScaler,
  instanceNormalization,
  isInf,
  isNan,
  layerNormalization,
  leakyRelu,
  less,
  lessOrEqual,
  log,
  logSoftmax,
  loop,
  lpNormalization,
  lpPool,
  lrn,
  lstm,
  matMul,
  matMulInteger,
  matMulIntegerToFloat,
  max,
  maxPool,
  maxRoiPool,
  maxUnpool,
  mean,
  meanVarianceNormalization,
  microsoftDequantizeLinear,
  microsoftGelu,
  microsoftQLinearConv,
  microsoftQuantizeLinear,
  min,
  mish,
  mod,
  mul,
  multinomial,
  neg,
  negativeLogLikelihoodLoss,
  nonZero,
  not,
  oneHot,
  or,
  pad,
  parametricSoftplus,
  pow,
  pRelu,
  qLinearAdd,
  qLinearAveragePool,
  qLinearConcat,
  qLinearConv,
  qLinearGlobalAveragePool,
  qLinearLeakyRelu,
  qLinearMatMul,
  qLinearMul,
  qLinearReduceMean,
  qLinearSigmoid,
  qLinearSoftmax,
  qLinearWhere,
  quantizeLinear,
  quickGelu,
  randomNormal,
  randomNormalLike,
  randomUniform,
  randomUniformLike,
  range,
  reciprocal,
  reduceL1,
  reduceL2,
  reduceLogSum,
  reduceLogSumExp,
  reduceMax,
  reduceMean,
  reduceMin,
  reduceProd,
  reduceSum,
  reduceSumSquare,
  relu,
  reshape,
  resize,
  reverseSequence,
  rmsNormalization,
  rnn,
  roiAlign,
  rotaryEmbedding,
  round,
  scale,
  scaledTanh,
  scan,
  scatter,
  scatterElements,
  scatterNd,
  selu,
  shape,
  shrink,
  sigmoid,
  sign,
  sin,
  sinh,
  size,
  skipLayerNormalization,
  skipSimplifiedLayerNormalization,
  slice,
  softmax,
  softmaxCrossEntropyLoss,
  softplus,
  softsign,
  spaceToDepth,
  split,
  sqrt,
  squeeze,
  sub,
  sum,
  swish,
  tan,
  tanh,
  tensorScatter,
  thresholdedRelu,
  tile,
  topK,
  transpose,
  trilu,
  unique,
  unsqueeze,
  upsample,
  where,
  xor,
];

const key = (domain: string, name: string): string => `${domain}:${name}`;

/** Looks up operators of a list by the domain and name of a node; undefined for those that are not in it. */
export function lookup(list: readonly Operator[]) {
  const byName = new Map(
    list.map(operator => [key(operator.domain ?? '', operator.name), operator]),
  );
  return ({ domain, operator }: Pick<Node, 'domain' | 'operator'>): Operator | undefined =>
    byName.get(key(domain, operator));
}

/** What we know of the operator of a node; undefined if nothing. */
export const operatorOf = lookup(operators);
