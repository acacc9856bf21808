import { float, integers, type Model } from '@nads/onnx';
import type { Design } from './design.ts';
import { Sketch } from './sketch.ts';

/** The net of a design from images [n, 3, 32, 32] to logits [n, 10], its weights to be drawn. */
export function net(name: string, design: Design): Model {
  const g = new Sketch();
  let map: Map = { value: 'x', channels: 3, side: 32 };
  for (let block = 1; block <= Math.max(design.depth, pooledBlocks); block++)
    map = pooled(g, convolved(g, map, design, block), design, block);
  return g.model(name, linear(g, features(g, map, design), 10));
}

/** Images are halved behind this many blocks. */
const pooledBlocks = 2;

/** Values [n, channels, side, side]. */
interface Map {
  readonly value: string;
  readonly channels: number;
  readonly side: number;
}

/** One of the first blocks without a convolution is a pooling alone. */
function convolved(g: Sketch, map: Map, design: Design, block: number): Map {
  if (block > design.depth) return map;
  const mixed = mixing(g, map, design, block);
  const active = activated(g, normalised(g, mixed, design), design);
  if (!design.skips || block === 1) return active;
  return { ...active, value: g.apply('Add', [map.value, active.value]) };
}

function mixing(g: Sketch, map: Map, design: Design, block: number): Map {
  if (design.mixing === 'attention' && block === design.depth) return attention(g, map);
  if (design.stem === 'patches' && block === 1) return patches(g, map, design);
  const stride = design.pooling === 'strided' && block <= pooledBlocks ? 2 : 1;
  if (block === 1 || design.convolution === 'full') return slid(g, map, design, { stride });
  const each = slid(g, map, design, { stride, groups: map.channels });
  return design.convolution === 'depthwise' ? each : convolution(g, each, map.channels, {});
}

/** A convolution with the kernel and padding of the design. */
function slid(
  g: Sketch,
  map: Map,
  { width, kernel, dilation, padding }: Design,
  { stride, groups = 1 }: { readonly stride: number; readonly groups?: number },
): Map {
  const around = padding === 'none' ? 0 : (dilation * (kernel - 1)) / 2;
  if (padding === 'zeros' || padding === 'none' || around === 0)
    return convolution(g, map, width, { kernel, stride, dilation, groups, pad: around });
  const pads = g.constant(integers([0, 0, around, around, 0, 0, around, around]));
  const mode = padding === 'circular' ? 'wrap' : 'reflect';
  const wide = {
    ...map,
    value: g.apply('Pad', [map.value, pads], { mode }),
    side: map.side + 2 * around,
  };
  return convolution(g, wide, width, { kernel, stride, dilation, groups });
}

function patches(g: Sketch, map: Map, { width }: Design): Map {
  return convolution(g, map, width, { kernel: 4, stride: 4 });
}

interface Window {
  readonly kernel?: number;
  readonly stride?: number;
  readonly dilation?: number;
  readonly groups?: number;
  readonly pad?: number;
}

function convolution(
  g: Sketch,
  { value, channels, side }: Map,
  width: number,
  { kernel = 1, stride = 1, dilation = 1, groups = 1, pad = 0 }: Window,
): Map {
  const inputs = channels / groups;
  const weights = g.weight([width, inputs, kernel, kernel], 1 / (inputs * kernel ** 2));
  const convolved = g.apply('Conv', [value, weights], {
    kernel_shape: [kernel, kernel],
    pads: [pad, pad, pad, pad],
    strides: stride === 1 ? undefined : [stride, stride],
    dilations: dilation === 1 ? undefined : [dilation, dilation],
    group: groups === 1 ? undefined : groups,
  });
  const left = side + 2 * pad - dilation * (kernel - 1) - 1;
  return { value: convolved, channels: width, side: Math.floor(left / stride) + 1 };
}

/** One head of attention over all pixels, which do not know where they are (Vaswani et al. 2017). */
function attention(g: Sketch, map: Map): Map {
  const { value, channels, side } = map;
  const rows = g.constant(integers([0, channels, -1]));
  const tokens = g.apply('Transpose', [g.apply('Reshape', [value, rows])], { perm: [0, 2, 1] });
  const [query, key, read] = [1, 2, 3].map(() => matrix(g, tokens, channels));
  const turned = g.apply('Transpose', [key], { perm: [0, 2, 1] });
  const scale = g.scalar(1 / Math.sqrt(channels));
  const scores = g.apply('Mul', [g.apply('MatMul', [query, turned]), scale]);
  const shares = g.apply('Softmax', [scores], { axis: -1 });
  const mixed = matrix(g, g.apply('MatMul', [shares, read]), channels);
  const back = g.constant(integers([0, channels, side, side]));
  const columns = g.apply('Transpose', [mixed], { perm: [0, 2, 1] });
  return { ...map, value: g.apply('Reshape', [columns, back]) };
}

const matrix = (g: Sketch, tokens: string, channels: number): string =>
  g.apply('MatMul', [tokens, g.weight([channels, channels], 1 / channels)]);

function normalised(g: Sketch, map: Map, { norm }: Design): Map {
  const { value, channels } = map;
  if (norm === 'none') return map;
  const [scale, shift] = [g.weight([channels], 1), g.weight([channels], 0)];
  if (norm === 'group')
    return {
      ...map,
      value: g.apply('GroupNormalization', [value, scale, shift], { num_groups: 4 }),
    };
  if (norm === 'instance')
    return { ...map, value: g.apply('InstanceNormalization', [value, scale, shift]) };
  if (norm === 'layer') {
    const last = g.apply('Transpose', [value], { perm: [0, 2, 3, 1] });
    const normal = g.apply('LayerNormalization', [last, scale, shift]);
    return { ...map, value: g.apply('Transpose', [normal], { perm: [0, 3, 1, 2] }) };
  }
  const [mean, variance] = [g.weight([channels], 0), g.weight([channels], 1)];
  return { ...map, value: g.apply('BatchNormalization', [value, scale, shift, mean, variance]) };
}

function activated(g: Sketch, map: Map, { activation }: Design): Map {
  const { value } = map;
  const functions: Record<Design['activation'], () => string> = {
    relu: () => g.apply('Relu', [value]),
    'leaky-relu': () => g.apply('LeakyRelu', [value], { alpha: float(0.01) }),
    gelu: () => g.apply('Gelu', [value]),
    silu: () => g.apply('Mul', [value, g.apply('Sigmoid', [value])]),
    tanh: () => g.apply('Tanh', [value]),
    none: () => value,
  };
  return { ...map, value: functions[activation]() };
}

function pooled(g: Sketch, map: Map, { pooling, stem }: Design, block: number): Map {
  const isPooled = block <= pooledBlocks && !(stem === 'patches' && block === 1);
  if (!isPooled || pooling === 'none' || pooling === 'strided') return map;
  const operator = pooling === 'max' ? 'MaxPool' : 'AveragePool';
  const halves = { kernel_shape: [2, 2], strides: [2, 2] };
  return {
    ...map,
    value: g.apply(operator, [map.value], halves),
    side: Math.floor(map.side / 2),
  };
}

/** Rows [n, features] for the linear layer. */
function features(g: Sketch, { value, channels, side }: Map, { reduction }: Design): Rows {
  if (reduction === 'flatten')
    return { value: g.apply('Flatten', [value]), length: channels * side ** 2 };
  const operator = reduction === 'max' ? 'GlobalMaxPool' : 'GlobalAveragePool';
  return { value: g.apply('Flatten', [g.apply(operator, [value])]), length: channels };
}

interface Rows {
  readonly value: string;
  readonly length: number;
}

function linear(g: Sketch, { value, length }: Rows, outputs: number): string {
  const weights = g.weight([outputs, length], 1 / length);
  return g.apply('Gemm', [value, weights, g.weight([outputs], 0)], { transB: 1 });
}
