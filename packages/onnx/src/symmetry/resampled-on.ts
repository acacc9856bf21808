import { getFloat, getFloats, getInts, getString } from '../attribute.js';
import type { Node } from '../graph.js';
import { numbersOf } from '../tensor.js';
import {
  Broken,
  keepUnmixed,
  main,
  type Axis,
  type Context,
  type SymmetryRule,
} from './context.js';

/**
 * Resampling: the grid of sampled places must map onto itself.
 * @param samplingOf where a node takes its elements from.
 */
export const resampledOn =
  (samplingOf: (node: Node) => Sampling): SymmetryRule =>
  context => {
    const input = main(context);
    keepUnmixed(context);
    if (context.relabelling === 'channels') return input;
    if (input.some(axis => axis.startsWith('mixed'))) throw new Broken('it resamples mixed axes');
    const grid = gridOf(context, samplingOf);
    if (context.relabelling === 'transposition') requireSquare(grid, input);
    else requireMirrored(context, grid, input.indexOf(axisOf[context.relabelling]));
    return input;
  };

const axisOf = { 'flip rows': 'row', 'flip columns': 'column' } as const;

/** The places in the input, in pixels, that the outputs along an axis are taken from. */
type Grid = (axis: number) => readonly number[];

function requireSquare(grid: Grid, input: readonly Axis[]): void {
  const [row, column] = [input.indexOf('row'), input.indexOf('column')];
  if (row < 0 && column < 0) return;
  const same = row >= 0 && column >= 0 && String(grid(row)) === String(grid(column));
  if (!same) throw new Broken('its scales are not square');
}

function requireMirrored(context: Context, grid: Grid, axis: number): void {
  if (axis < 0) return;
  const places = grid(axis);
  const last = context.inference.get(context.node.inputs[0])!.dims![axis] - 1;
  const mirrored = places.toReversed().map(place => last - place);
  if (places.some((place, i) => Math.abs(place - mirrored[i]) > 1e-6))
    throw new Broken('its sampling grid is not symmetric');
}

const gridOf =
  ({ node, inference }: Context, samplingOf: (node: Node) => Sampling): Grid =>
  axis => {
    const from = inference.get(node.inputs[0])?.dims?.[axis];
    const to = inference.get(node.outputs[0])?.dims?.[axis];
    if (!from || !to) throw new Broken('its shape is not known');
    const scale = statedScale({ node, inference }, axis) ?? to / from;
    const sampling = samplingOf(node);
    return Array.from({ length: to }, (_, i) => {
      const place = sampling.place(i, scale, from, to);
      return Math.max(0, Math.min(from - 1, sampling.round(place)));
    });
  };

/** Where in the input an output along an axis is taken from. */
export interface Sampling {
  readonly place: (i: number, scale: number, from: number, to: number) => number;
  readonly round: (place: number) => number;
}

/** How Upsample samples, and Resize before opset 11, which had two inputs. */
export const fromFirstCorner = (node: Node): Sampling => ({
  place: (i, scale) => i / scale,
  round: isNearest(node) ? Math.floor : exactly,
});

/** How Resize samples. */
export function asStated(node: Node): Sampling {
  if (node.inputs.length === 2) return fromFirstCorner(node);
  const coordinates = getString(node, 'coordinate_transformation_mode', 'half_pixel');
  const place = coordinateModes.get(coordinates);
  if (!place) throw new Broken(`it is not known where '${coordinates}' samples`);
  return { place, round: isNearest(node) ? roundingOf(node) : exactly };
}

function roundingOf(node: Node): Sampling['round'] {
  const mode = getString(node, 'nearest_mode', 'round_prefer_floor');
  const round = roundings.get(mode);
  if (!round) throw new Broken(`it is not known how '${mode}' rounds`);
  return round;
}

const isNearest = (node: Node): boolean => getString(node, 'mode', 'nearest') === 'nearest';

const exactly = (place: number): number => place;

const halfPixel: Sampling['place'] = (i, scale) => (i + 0.5) / scale - 0.5;

const coordinateModes = new Map<string, Sampling['place']>([
  ['half_pixel', halfPixel],
  [
    'half_pixel_symmetric',
    (i, scale, from, to) => from / 2 - to / scale / 2 + halfPixel(i, scale, from, to),
  ],
  ['pytorch_half_pixel', (i, scale, from, to) => (to > 1 ? halfPixel(i, scale, from, to) : 0)],
  ['align_corners', (i, _, from, to) => (to > 1 ? (i * (from - 1)) / (to - 1) : 0)],
  ['asymmetric', (i, scale) => i / scale],
  ['tf_half_pixel_for_nn', (i, scale) => (i + 0.5) / scale],
]);

const roundings = new Map<string, Sampling['round']>([
  ['round_prefer_floor', place => Math.ceil(place - 0.5)],
  ['round_prefer_ceil', place => Math.floor(place + 0.5)],
  ['floor', Math.floor],
  ['ceil', Math.ceil],
]);

/** What the node says an axis is scaled by; undefined where it says sizes. */
function statedScale({ node, inference }: Pick<Context, 'node' | 'inference'>, axis: number) {
  const name = node.inputs[node.inputs.length === 2 ? 1 : 2];
  const value = inference.get(name ?? '')?.value;
  const list = value ? numbersOf(value) : getFloats(node, 'scales', sidesOf(node));
  if (!list?.length) return undefined;
  return list[
    getInts(
      node,
      'axes',
      list.map((_, i) => i),
    ).findIndex(at => at === axis)
  ];
}

/** Before opset 7 Upsample had an attribute for each side. */
function sidesOf(node: Node): number[] | undefined {
  const [height, width] = [getFloat(node, 'height_scale', 0), getFloat(node, 'width_scale', 0)];
  return height && width ? [1, 1, height, width] : undefined;
}
