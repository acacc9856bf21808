import { floats, type Algebra } from '@nads/onnx';

/** Values of a layer of diagonal dynamic similarity with 3×3 kernels and a border of zeros. */
export interface LayerInputs {
  /** [N, C, H, W] */
  readonly x: string;
  /** The measure of each pixel [N, 9, H, W]. */
  readonly d: string;
  /** [M, C, 3, 3] */
  readonly w: string;
}

/** y[m, p] = Σ_k d_k(p) Σ_c w[m, c, k] x[c, p + δ_k]: [N, M, H, W]. */
export type Arrangement = (g: Algebra, inputs: LayerInputs) => string;

/** Places of the kernel, row by row. */
const places = Array.from({ length: 9 }, (_, k) => [Math.floor(k / 3), k % 3] as const);

/** x with a border of zeros. */
const bordered = (g: Algebra, x: string): string => g.pad(x, [0, 0, 1, 1], [0, 0, 1, 1]);

/** What each place sees, of a value with a border. */
const seen = (g: Algebra, x: string): string[] => {
  const [height, width] = g.space(x).map(size => size - 2);
  return places.map(([i, j]) => g.slice(x, [2, 3], [i, j], [i + height, j + width]));
};

const pieces = (g: Algebra, value: string): readonly string[] =>
  g.ops('Split', [value], places.length, { axis: 1 });

const pointwise = (g: Algebra, x: string, w: string): string =>
  g.op('Conv', [x, w], { kernel_shape: [1, 1] });

/** The kernel of a 1×1 convolution over places before channels: [M, 9·C, 1, 1]. */
function placesFirst(g: Algebra, w: string): string {
  const [filters, channels] = [g.size(w, 0), g.size(w, 1)];
  return g.reshape(g.transpose(w, [0, 2, 3, 1]), [filters, 9 * channels, 1, 1]);
}

/** The filters of each place behind one another: [9·M, C, 1, 1]. */
function filtersOfPlaces(g: Algebra, w: string): string {
  const [filters, channels] = [g.size(w, 0), g.size(w, 1)];
  return g.reshape(g.transpose(w, [2, 3, 0, 1]), [9 * filters, channels, 1, 1]);
}

/** Slices, each times its factor, side by side, and a 1×1 convolution: what is exported. */
const scaledPlaces: Arrangement = (g, { x, d, w }) => {
  const factors = pieces(g, d);
  const scaled = seen(g, bordered(g, x)).map((place, k) => g.mul(place, factors[k]));
  return pointwise(g, g.concat(scaled, 1), placesFirst(g, w));
};

/** Slices side by side, one product with all factors, and a 1×1 convolution. */
const oneProduct: Arrangement = (g, { x, d, w }) => {
  const [[batch, channels], space] = [g.dims(x), g.space(x)];
  const patches = g.concat(seen(g, bordered(g, x)), 1);
  const scaled = g.mul(
    g.reshape(patches, [batch, 9, channels, ...space]),
    g.reshape(d, [batch, 9, 1, ...space]),
  );
  return pointwise(g, g.reshape(scaled, [batch, 9 * channels!, ...space]), placesFirst(g, w));
};

/** Patches by a convolution with a kernel of a single 1 for each channel and place. */
const depthwise: Arrangement = (g, { x, d, w }) => {
  const [[batch], channels, space] = [g.dims(x), g.size(x, 1), g.space(x)];
  const ones = floats([9 * channels, 1, 3, 3], oneOfEach(channels));
  const window = { kernel_shape: [3, 3], pads: [1, 1, 1, 1], group: channels };
  const patches = g.op('Conv', [x, g.constant(ones)], window);
  const scaled = g.mul(
    g.reshape(patches, [batch, channels, 9, ...space]),
    g.reshape(d, [batch, 1, 9, ...space]),
  );
  const kernel = g.reshape(w, [g.size(w, 0), 9 * channels, 1, 1]);
  return pointwise(g, g.reshape(scaled, [batch, 9 * channels, ...space]), kernel);
};

const oneOfEach = (channels: number): Float32Array =>
  Float32Array.from({ length: 81 * channels }, (_, at) => {
    const [k, place] = [Math.floor(at / 9) % 9, at % 9];
    return k === place ? 1 : 0;
  });

/** A convolution of each place in a group of its own behind the scaled slices; the groups are added. */
const grouped: Arrangement = (g, { x, d, w }) => {
  const [[batch], filters, space] = [g.dims(x), g.size(w, 0), g.space(x)];
  const factors = pieces(g, d);
  const scaled = seen(g, bordered(g, x)).map((place, k) => g.mul(place, factors[k]));
  const options = { kernel_shape: [1, 1], group: 9 };
  const each = g.op('Conv', [g.concat(scaled, 1), filtersOfPlaces(g, w)], options);
  const sum = g.reduceSum(g.reshape(each, [batch, 9, filters, ...space]), [1], false);
  return g.reshape(sum, [batch, filters, ...space]);
};

/** A 1×1 convolution for all places at once; what each place sees of it times its factor, added. */
const productsOfPlaces: Arrangement = (g, { x, d, w }) => {
  const factors = pieces(g, d);
  const responses = pieces(g, pointwise(g, bordered(g, x), filtersOfPlaces(g, w)));
  return g.sum(responses.map((all, k) => g.mul(seen(g, all)[k], factors[k])));
};

/** By name; the first one is exported. */
export const arrangements: Readonly<Record<string, Arrangement>> = {
  'scaled places': scaledPlaces,
  'one product': oneProduct,
  depthwise,
  grouped,
  'products of places': productsOfPlaces,
};
