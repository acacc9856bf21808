import { Unknown } from '../shapes/application.js';
import {
  Broken,
  keepUnmixed,
  moving,
  type Axis,
  type Context,
  type SymmetryRule,
} from './context.js';
import { piecesOf } from './mixed-axis.js';

/** Places first, first + step, …, as many as `length`. */
export interface Places {
  readonly first: number;
  readonly step: number;
  readonly length: number;
}

/** What a node takes of each axis of its first input. */
export type Taken = (context: Context, dims: readonly number[]) => readonly Places[];

/** Takes some places of each axis: a relabelling has to move them among themselves, and those of rows as those of columns. */
export const picked =
  (takenOf: Taken): SymmetryRule =>
  context => {
    const { node, axes, inference, relabelling } = context;
    const input = axes.get(node.inputs[0]);
    if (!input) throw new Broken('the places that it takes depend on the image');
    if (!moving(context, input)) return input;
    const dims = inference.get(node.inputs[0])?.dims;
    if (!dims) throw new Broken('its shape is not known');
    const taken = known(() => takenOf(context, dims));
    const places = taken.map((all, i) => (isWhole(all, 0, dims[i]) ? undefined : all));
    if (relabelling === 'channels') requireAllChannels(context, input, places);
    if (relabelling === 'transposition') requireSamePlaces(input, places);
    keepUnmixed(context);
    return input.map((axis, i) => axisOf(axis, places[i], dims[i], relabelling));
  };

function known<T>(value: () => T): T {
  try {
    return value();
  } catch (error) {
    if (error instanceof Unknown) throw new Broken('the places that it takes are not known');
    throw error;
  }
}

const isWhole = ({ first, step, length }: Places, start: number, size: number): boolean =>
  first === start && length === size && (step === 1 || length === 1);

/** Undefined where an axis is taken whole. */
type Some = readonly (Places | undefined)[];

function requireAllChannels({ unmixed, node }: Context, input: readonly Axis[], some: Some): void {
  if (unmixed.has(node.inputs[0]) && input.some((axis, i) => some[i] && axis.includes('channel')))
    throw new Broken('it takes some of the input channels');
}

function requireSamePlaces(input: readonly Axis[], some: Some): void {
  const [rows, columns] = (['row', 'column'] as const).map(axis => some[input.indexOf(axis)]);
  if (JSON.stringify(rows) !== JSON.stringify(columns))
    throw new Broken('it takes other places of rows than of columns');
}

function axisOf(
  axis: Axis,
  places: Places | undefined,
  size: number,
  relabelling: Context['relabelling'],
): Axis {
  if (places === undefined || axis === 'batch' || axis === 'channel') return axis;
  if (axis.startsWith('mixed')) return pieceOf(axis, places);
  const isFlipped = relabelling === (axis === 'row' ? 'flip rows' : 'flip columns');
  if (isFlipped && places.first + lastOf(places) !== size - 1)
    throw new Broken('the places that it takes are not symmetric');
  return axis;
}

const lastOf = ({ first, step, length }: Places): number => first + step * (length - 1);

/** One whole piece, or places of a piece in which nothing moves. */
function pieceOf(axis: Axis, places: Places): Axis {
  const ends = [places.first, lastOf(places)];
  let start = 0;
  for (const piece of piecesOf(axis) ?? []) {
    const end = start + piece.size;
    if (isWhole(places, start, piece.size)) return piece.axis;
    if (piece.axis === 'channel' && ends.every(place => place >= start && place < end))
      return 'channel';
    start = end;
  }
  throw new Broken('it takes some of the pixels');
}
