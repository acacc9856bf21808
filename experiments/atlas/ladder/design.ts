/** How a net of the ladder is built; every member but the base differs from another in one of these choices. */
export interface Design {
  /** Channels of all convolutions. */
  readonly width: number;
  /** Convolutions one after the other; images are halved behind the first two. */
  readonly depth: number;
  /** Side of the kernels. */
  readonly kernel: number;
  readonly dilation: number;
  readonly padding: 'zeros' | 'reflect' | 'circular' | 'none';
  /** Of all convolutions but the first, which has to mix the colours. */
  readonly convolution: 'full' | 'depthwise' | 'separable';
  readonly norm: 'batch' | 'layer' | 'group' | 'instance' | 'none';
  readonly activation: 'relu' | 'leaky-relu' | 'gelu' | 'silu' | 'tanh' | 'none';
  readonly pooling: 'max' | 'average' | 'strided' | 'none';
  /** What each convolution but the first computes is added to its input. */
  readonly skips: boolean;
  /** What mixes pixels in the last block. */
  readonly mixing: 'convolution' | 'attention';
  /** The first convolution with its pooling, or patches of 4×4 pixels side by side. */
  readonly stem: 'convolution' | 'patches';
  /** Between the last map and the linear layer. */
  readonly reduction: 'average' | 'max' | 'flatten';
}

/** Three convolutions of width 32 and 3×3 pixels with batch normalisation and ReLU, two poolings, an average over space. */
export const base: Design = {
  width: 32,
  depth: 3,
  kernel: 3,
  dilation: 1,
  padding: 'zeros',
  convolution: 'full',
  norm: 'batch',
  activation: 'relu',
  pooling: 'max',
  skips: false,
  mixing: 'convolution',
  stem: 'convolution',
  reduction: 'average',
};
