import { sfc32 } from './sfc32.js';

const layers = 256;

/** Where the tail begins and the area of every layer: the solution of the closing equation. */
const tailStart = 3.654152885361009;
const area = 0.004928673233974655;

const density = (x: number) => Math.exp(-0.5 * x * x);

/** Right edges of the layers, widest first; edge 0 is the width the base would have as a rectangle. */
function layerEdges(): Float64Array {
  const edges = new Float64Array(layers + 1);
  edges[0] = area / density(tailStart);
  edges[1] = tailStart;
  for (let i = 2; i < layers; i++)
    edges[i] = Math.sqrt(-2 * Math.log(area / edges[i - 1] + density(edges[i - 1])));
  return edges;
}

const edges = layerEdges();
const heights = edges.map(density);
const unit = 2 ** -52;

/**
 * The normal density cut into 256 horizontal layers of equal area. A place m in a layer is a signed integer
 * of 53 bits: the number is m · `widths[layer]`, and it lies under the curve for sure if |m| < `cores[layer]`.
 * Source: Marsaglia & Tsang (2000), with layer and place drawn from different bits (Doornik 2005).
 */
export const ziggurat = {
  widths: Float64Array.from({ length: layers }, (_, i) => edges[i] * unit),
  cores: Float64Array.from({ length: layers }, (_, i) => edges[i + 1] / edges[i] / unit),
};

/** The place that two words give: the upper 21 bits of the first, whose lower 8 are the layer, and the second. */
export const placeOf = (high: number, low: number) => (high >> 11) * 2 ** 32 + (low >>> 0);

/** Uniform in [0, 1), a multiple of 2⁻⁵³. */
export const uniform = (state: Int32Array) =>
  0.5 + 0.5 * unit * placeOf(sfc32(state), sfc32(state));

/** Standard normal. */
export function normal(state: Int32Array): number {
  const high = sfc32(state);
  const layer = high & 255;
  const place = placeOf(high, sfc32(state));
  const x = place * ziggurat.widths[layer];
  return Math.abs(place) < ziggurat.cores[layer] ? x : outsideCore(state, layer, x);
}

/** Settles the rare case of a number outside the core of its layer, if need be by drawing another. */
export function outsideCore(state: Int32Array, layer: number, x: number): number {
  if (layer === 0) return Math.sign(x) * tailMagnitude(state);
  const height = heights[layer] + uniform(state) * (heights[layer + 1] - heights[layer]);
  return height < density(x) ? x : normal(state);
}

/** Magnitude of a normal number beyond the start of the tail (Marsaglia 1964). */
function tailMagnitude(state: Int32Array): number {
  for (;;) {
    const excess = -Math.log(1 - uniform(state)) / tailStart;
    if (-2 * Math.log(1 - uniform(state)) >= excess * excess) return tailStart + excess;
  }
}
