import type { ImageShape } from '@nads/basis';
import { Random } from '@nads/linalg';
import { attributes, floats, node, type Model, type Node, type Tensor } from '@nads/onnx';
import { smallModel } from './small-model.js';

/** [C, H, W]. */
type Dims = readonly [number, number, number];

/** A map of a network that grows. */
interface Value {
  readonly name: string;
  readonly dims: Dims;
}

/** How a window slides along an axis. */
interface Slide {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly pads: readonly [number, number];
}

/**
 * A network from images to features, of random layers that see few places each. Every other one has no borders, so that many layers
 * can be in one stage.
 */
export function randomNetwork(seed: number, image: ImageShape, layers: number): Model {
  const { channels, height, width } = image;
  const growing = new Growing(new Random(seed), seed % 2 === 0);
  let value: Value = { name: 'x', dims: [channels, height, width] };
  for (let i = 0; i < layers; i++) value = growing.layer(value);
  const nodes = [...growing.nodes, node('Flatten', [value.name], ['features'])];
  return smallModel({ image, nodes, weights: growing.weights, opsets: [['', 19]] });
}

class Growing {
  readonly nodes: Node[] = [];
  readonly weights: Record<string, Tensor> = {};
  private readonly random: Random;
  private readonly isBordered: boolean;

  constructor(random: Random, isBordered: boolean) {
    this.random = random;
    this.isBordered = isBordered;
  }

  layer(x: Value): Value {
    const everywhere = ['conv', 'conv', 'max', 'mean', 'pointwise', 'normalised', 'fork'];
    const bordered = ['sum', 'joined', 'parted', 'pad'];
    switch (this.oneOf(this.isBordered ? [...everywhere, ...bordered] : everywhere)) {
      case 'conv':
        return this.conv(x, this.upTo(4), [this.slide(x.dims[1]), this.slide(x.dims[2])]);
      case 'max':
        return this.pool('MaxPool', x);
      case 'mean':
        return this.pool('AveragePool', x);
      case 'pointwise':
        return this.add(this.oneOf(['Relu', 'Sigmoid', 'Tanh']), [x.name], x.dims);
      case 'normalised':
        return this.normalised(x);
      case 'fork':
        return this.fork(x);
      case 'parted':
        return this.parted(x);
      case 'sum':
        return this.sum(x);
      case 'joined':
        return this.joined(x);
      default:
        return this.padded(x);
    }
  }

  private conv(x: Value, filters: number, slides: readonly Slide[]): Value {
    const [channels, ...space] = x.dims;
    const group = channels % 2 === 0 && this.upTo(2) === 2 ? 2 : 1;
    const count = group * filters;
    const kernel = this.weight([count, channels / group, ...slides.map(slide => slide.kernel)]);
    const sizes = space.map((size, i) => positions(size, slides[i], false));
    return this.add('Conv', [x.name, kernel, this.weight([count])], [count, sizes[0], sizes[1]], {
      ...windowOf(slides),
      group,
    });
  }

  private pool(operator: 'MaxPool' | 'AveragePool', x: Value): Value {
    const [channels, ...space] = x.dims;
    const slides = space.map(size => shallow(this.slide(size)));
    const isMean = operator === 'AveragePool';
    const ceil = !isMean && this.upTo(2) === 2;
    const [height, width] = space.map((size, i) => positions(size, slides[i], ceil));
    return this.add(operator, [x.name], [channels, height, width], {
      ...windowOf(slides),
      ...(ceil && { ceil_mode: 1 }),
      ...(isMean && { count_include_pad: this.upTo(2) - 1 }),
    });
  }

  private normalised(x: Value): Value {
    const [channels] = x.dims;
    const weights = Array.from({ length: 3 }, () => this.weight([channels]));
    const variance = `variance${this.nodes.length}`;
    this.weights[variance] = floats([channels], new Float32Array(channels).fill(0.7));
    return this.add('BatchNormalization', [x.name, ...weights, variance], x.dims);
  }

  /** A map plus two layers behind it of the same size, as in residual networks. */
  private sum(x: Value): Value {
    const inside = this.add('Relu', [this.same(x, x.dims[0]).name], x.dims);
    return this.add('Add', [this.same(inside, x.dims[0]).name, x.name], x.dims);
  }

  /** A map and a layer behind it side by side, as in densely connected networks. */
  private joined(x: Value): Value {
    const more = this.same(x, this.upTo(3));
    const dims = [x.dims[0] + more.dims[0], x.dims[1], x.dims[2]] as const;
    return this.add('Concat', [x.name, more.name], dims, { axis: 1 });
  }

  /** Two convolutions of one map side by side, of the same number of positions but maybe of different kernels. */
  private fork(x: Value): Value {
    const [first, second] = [this.narrow(x.dims), this.narrow(x.dims)];
    const a = this.conv(x, 2, first);
    const b = this.conv(x, 2, this.fits(x.dims, first, second) ? second : first);
    return this.add('Concat', [a.name, b.name], [a.dims[0] + b.dims[0], a.dims[1], a.dims[2]], {
      axis: 1,
    });
  }

  private narrow([, ...space]: Dims): Slide[] {
    return space.map(size => ({ ...this.slide(size), pads: [0, 0] as const }));
  }

  private fits([, ...space]: Dims, a: readonly Slide[], b: readonly Slide[]): boolean {
    return space.every((size, i) => positions(size, a[i], false) === positions(size, b[i], false));
  }

  /** Half of the channels pass by a layer that the others go through. */
  private parted(x: Value): Value {
    const [channels, height, width] = x.dims;
    if (channels % 2 === 1) return this.joined(x);
    const half = [channels / 2, height, width] as const;
    const [a, b] = [`a${this.nodes.length}`, `b${this.nodes.length}`];
    const name = `sizes${this.nodes.length}`;
    const sizes = BigInt64Array.of(BigInt(half[0]), BigInt(half[0]));
    this.weights[name] = { type: 'int64', dims: [2], data: sizes };
    this.nodes.push(node('Split', [x.name, name], [a, b], attributes({ axis: 1 })));
    const behind = this.same({ name: b, dims: half }, half[0]);
    return this.add('Concat', [a, behind.name], x.dims, { axis: 1 });
  }

  private padded(x: Value): Value {
    const pads = Array.from({ length: 4 }, () => this.upTo(3) - 1);
    const name = `pads${this.nodes.length}`;
    const all = [0, 0, pads[0], pads[1], 0, 0, pads[2], pads[3]];
    this.weights[name] = { type: 'int64', dims: [8], data: BigInt64Array.from(all, BigInt) };
    const filler = this.weight([]);
    const dims = [x.dims[0], x.dims[1] + pads[0] + pads[2], x.dims[2] + pads[1] + pads[3]] as const;
    return this.add('Pad', [x.name, name, filler], dims);
  }

  /** A convolution that keeps height and width. */
  private same(x: Value, filters: number): Value {
    const slides = [1, 2].map(() => {
      const dilation = this.upTo(2);
      const kernel = 2 * this.upTo(2) + 1;
      const reach = dilation * (kernel - 1);
      const before = this.upTo(reach + 1) - 1;
      return { kernel, stride: 1, dilation, pads: [before, reach - before] as const };
    });
    const kernel = this.weight([filters, x.dims[0], slides[0].kernel, slides[1].kernel]);
    return this.add('Conv', [x.name, kernel], [filters, x.dims[1], x.dims[2]], windowOf(slides));
  }

  /** A slide that fits into so many places. */
  private slide(size: number): Slide {
    const kernel = Math.min(this.upTo(5), size);
    const dilation = kernel > 1 ? Math.min(this.upTo(2), Math.floor((size - 1) / (kernel - 1))) : 1;
    const most = this.isBordered ? kernel : 1;
    const pads = [this.upTo(most) - 1, this.upTo(most) - 1] as const;
    return { kernel, stride: size > 6 ? this.upTo(3) : 1, dilation, pads };
  }

  private add(
    operator: string,
    inputs: readonly string[],
    dims: Dims,
    settings: Parameters<typeof attributes>[0] = {},
  ): Value {
    const name = `v${this.nodes.length}`;
    this.nodes.push(node(operator, inputs, [name], attributes(settings)));
    return { name, dims };
  }

  private weight(dims: readonly number[]): string {
    const name = `w${Object.keys(this.weights).length}`;
    const data = new Float32Array(dims.reduce((a, b) => a * b, 1));
    this.random.fillNormal(data, 0, 1 / Math.sqrt(data.length / (dims[0] ?? 1)));
    this.weights[name] = floats(dims, data);
    return name;
  }

  private oneOf<T>(list: readonly T[]): T {
    return list[this.upTo(list.length) - 1];
  }

  /** 1 to n. */
  private upTo(n: number): number {
    return 1 + this.random.int(n);
  }
}

/** With pads of at most half a kernel, since no window of a pool may be all padding. */
const shallow = (slide: Slide): Slide => ({
  ...slide,
  pads: [Math.min(slide.pads[0], slide.kernel >> 1), Math.min(slide.pads[1], slide.kernel >> 1)],
});

function positions(size: number, { kernel, stride, dilation, pads }: Slide, ceil: boolean): number {
  const free = size + pads[0] + pads[1] - dilation * (kernel - 1) - 1;
  if (!ceil) return Math.floor(free / stride) + 1;
  return Math.min(Math.ceil(free / stride) + 1, Math.ceil((size + pads[0]) / stride));
}

const windowOf = (slides: readonly Slide[]) => ({
  kernel_shape: slides.map(({ kernel }) => kernel),
  strides: slides.map(({ stride }) => stride),
  dilations: slides.map(({ dilation }) => dilation),
  pads: [0, 1].flatMap(side => slides.map(({ pads }) => pads[side])),
});
