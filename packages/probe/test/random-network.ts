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
    const everywhere = ['conv', 'conv', 'max', 'mean', 'pointwise', 'normalised', 'fork', 'parted'];
    const bordered = ['sum', 'joined', 'pad'];
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
    return this.beside(x, more);
  }

  /** Two convolutions of one map side by side. */
  private fork(x: Value): Value {
    const [first, second] = this.alike(x.dims);
    const more = this.conv(x, 2, second);
    return this.beside(this.conv(x, 2, first), this.upTo(2) === 2 ? more : this.detour(x, first));
  }

  /** Two halves of the channels, each of which goes through a convolution. */
  private parted(x: Value): Value {
    const [channels, height, width] = x.dims;
    if (channels % 2 === 1) return this.fork(x);
    const dims = [channels / 2, height, width] as const;
    const [a, b, sizes] = ['a', 'b', 'sizes'].map(stem => `${stem}${this.nodes.length}`);
    const half = BigInt(dims[0]);
    this.weights[sizes] = { type: 'int64', dims: [2], data: BigInt64Array.of(half, half) };
    this.nodes.push(node('Split', [x.name, sizes], [a, b], attributes({ axis: 1 })));
    const [first, second] = this.alike(x.dims);
    return this.beside(
      this.conv({ name: a, dims }, 2, first),
      this.conv({ name: b, dims }, 2, second),
    );
  }

  /** A convolution that comes to as many positions as another by way of a map of another size. */
  private detour(x: Value, slides: readonly Slide[]): Value {
    const isLong = slides.every(
      ({ kernel, stride, dilation }) => kernel > 2 && stride * dilation === 1,
    );
    if (!isLong) return this.conv(x, 2, slides);
    const short = slides.map(slide => ({ ...slide, kernel: 2 }));
    const long = slides.map(slide => ({ ...slide, kernel: slide.kernel - 1 }));
    return this.conv(this.conv(x, 2, short), 2, long);
  }

  /** Windows without borders of two kernels, where there are two, that have the same number of positions. */
  private alike([, ...space]: Dims): readonly [Slide[], Slide[]] {
    const first = space.map(size => ({ ...this.slide(size), pads: [0, 0] as const }));
    const second = first.map((slide, i) => {
      const others = [1, 2, 3, 4, 5].map(kernel => ({ ...slide, kernel }));
      const count = positions(space[i], slide, false);
      return others.find(other => positions(space[i], other, false) === count)!;
    });
    return [first, second];
  }

  private beside(a: Value, b: Value): Value {
    const dims = [a.dims[0] + b.dims[0], a.dims[1], a.dims[2]] as const;
    return this.add('Concat', [a.name, b.name], dims, { axis: 1 });
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
