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

/**
 * The normal density cut into 256 horizontal layers of equal area.
 * Layer i is `widths[i]` wide; the share `cores[i]` of it lies wholly under the curve.
 * Source: Marsaglia & Tsang (2000), with layer and place drawn from different bits (Doornik 2005).
 */
export const ziggurat = {
  widths: edges.slice(0, layers),
  cores: Float64Array.from({ length: layers }, (_, i) => edges[i + 1] / edges[i]),
};

/** What the rare cases need further uniform numbers from. */
interface UniformSource {
  next(): number;
}

/** Magnitude of a normal number beyond the start of the tail (Marsaglia 1964). */
function tailMagnitude(source: UniformSource): number {
  for (;;) {
    const excess = -Math.log(1 - source.next()) / tailStart;
    if (-2 * Math.log(1 - source.next()) >= excess * excess) return tailStart + excess;
  }
}

/**
 * Settles the rare case of a place outside the core of its layer.
 * @returns the normal number, or NaN if the place lies above the curve and must be drawn anew.
 */
export function outsideCore(layer: number, x: number, source: UniformSource): number {
  if (layer === 0) return Math.sign(x) * tailMagnitude(source);
  const height = heights[layer] + source.next() * (heights[layer + 1] - heights[layer]);
  return height < density(x) ? x : NaN;
}
