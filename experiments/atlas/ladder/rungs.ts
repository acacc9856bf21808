import { base, type Design } from './design.ts';

/** A net of the ladder: the base with one choice made otherwise. */
export interface Rung {
  readonly name: string;
  readonly title: string;
  /** The choice that is made otherwise, none of the base itself. */
  readonly choice?: keyof Design;
  /** What became what. */
  readonly changes?: string;
  readonly design: Design;
}

/** The base, then the others by what they change. */
export const rungs: readonly Rung[] = [
  { name: 'base', title: 'Base', design: base },
  rung('average-pooling', { pooling: 'average' }, 'max pooling → average pooling'),
  rung('strided', { pooling: 'strided' }, 'max pooling → convolutions of stride 2'),
  rung('no-pooling', { pooling: 'none' }, 'max pooling → no pooling'),
  rung('kernel-1', { kernel: 1 }, '3×3 kernels → 1×1'),
  rung('kernel-5', { kernel: 5 }, '3×3 kernels → 5×5'),
  rung('kernel-7', { kernel: 7 }, '3×3 kernels → 7×7'),
  rung('dilation-2', { dilation: 2 }, 'dilation 1 → 2'),
  rung('depth-1', { depth: 1 }, '3 convolutions → 1'),
  rung('depth-2', { depth: 2 }, '3 convolutions → 2'),
  rung('depth-5', { depth: 5 }, '3 convolutions → 5'),
  rung('depth-9', { depth: 9 }, '3 convolutions → 9'),
  rung('width-8', { width: 8 }, 'width 32 → 8'),
  rung('width-16', { width: 16 }, 'width 32 → 16'),
  rung('width-64', { width: 64 }, 'width 32 → 64'),
  rung('skips', { skips: true }, 'no skips → skips'),
  rung('layer-norm', { norm: 'layer' }, 'batch norm → layer norm over channels'),
  rung('group-norm', { norm: 'group' }, 'batch norm → group norm, 4 groups'),
  rung('instance-norm', { norm: 'instance' }, 'batch norm → instance norm'),
  rung('no-norm', { norm: 'none' }, 'batch norm → no norm'),
  rung('leaky-relu', { activation: 'leaky-relu' }, 'ReLU → leaky ReLU of slope 0.01'),
  rung('gelu', { activation: 'gelu' }, 'ReLU → GELU'),
  rung('silu', { activation: 'silu' }, 'ReLU → SiLU'),
  rung('tanh', { activation: 'tanh' }, 'ReLU → tanh'),
  rung('no-activation', { activation: 'none' }, 'ReLU → no activation'),
  rung('depthwise', { convolution: 'depthwise' }, 'convolutions → depthwise'),
  rung('separable', { convolution: 'separable' }, 'convolutions → depthwise separable'),
  rung('attention', { mixing: 'attention' }, 'last convolution → self-attention'),
  rung('patches', { stem: 'patches' }, 'first convolution and pooling → patches of 4×4'),
  rung('reflect-padding', { padding: 'reflect' }, 'padding with zeros → reflected'),
  rung('circular-padding', { padding: 'circular' }, 'padding with zeros → circular'),
  rung('no-padding', { padding: 'none' }, 'padding with zeros → no padding'),
  rung('global-max', { reduction: 'max' }, 'average over space → maximum over space'),
  rung('flatten', { reduction: 'flatten' }, 'average over space → flattened'),
];

function rung(name: string, change: Partial<Design>, changes: string): Rung {
  const [choice] = Object.keys(change) as (keyof Design)[];
  const [, becomes] = changes.split(' → ');
  const title = becomes[0].toUpperCase() + becomes.slice(1);
  return { name, title, choice, changes, design: { ...base, ...change } };
}
