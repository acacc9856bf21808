import { pixelsOf, type ImageShape, type Rows } from '@nads/basis';
import { encodeNpz, type NdArray } from '@nads/dataset';
import { joined, type Matrix } from '@nads/linalg';
import { SavedArrays } from '../saved-arrays.js';
import type { NamedFile } from '../store.js';
import { textOf } from '../store.js';
import { nadsFiles } from './nads-files.js';
import { nadsSummary, parseNadsSummary, type NadsSummary } from './nads-summary.js';

/** Directions that were found, as files hold them. */
export interface NadsArrays {
  /** Directions of whole images, most preferred first: [k × C·H·W]. */
  readonly nads: Float32Array;
  readonly pixels: number;
  /** Of each: [k]. */
  readonly eigenvalues: Float64Array;
  /** NaN with too few networks: [k]. */
  readonly standardErrors: Float64Array;
  /** Points that were probed at. */
  readonly points: readonly Float32Array[];
  /** [C, H, W] */
  readonly dims: readonly [number, number, number];
  /** The directions of one channel, where those of whole images are these in every channel: [k/C × H·W]. */
  readonly channelNads?: Float32Array;
}

/** nads.npz and nads.json. @param names others instead */
export function encodeNads(
  arrays: NadsArrays,
  summary: NadsSummary,
  names: { readonly npz: string; readonly json: string } = nadsFiles,
): NamedFile[] {
  return [
    [names.npz, encodeNpz(npzArrays(arrays))],
    [names.json, `${JSON.stringify(nadsSummary(summary), null, 2)}\n`],
  ];
}

function npzArrays(arrays: NadsArrays): Record<string, NdArray> {
  const { nads, pixels, eigenvalues, standardErrors, points, dims, channelNads } = arrays;
  const area = dims[1] * dims[2];
  return {
    nads: float32(nads, [nads.length / pixels, pixels]),
    eigenvalues: float64(eigenvalues),
    standard_errors: float64(standardErrors),
    point: float32(
      joined(Float32Array, points),
      points.length === 1 ? dims : [points.length, ...dims],
    ),
    ...(channelNads && { channel_nads: float32(channelNads, [channelNads.length / area, area]) }),
  };
}

const float64 = (data: Float64Array): NdArray => ({ dtype: 'float64', shape: [data.length], data });
const float32 = (data: Float32Array, shape: readonly number[]): NdArray => ({
  dtype: 'float32',
  shape,
  data,
});

/** Directions that were read, with what is known of them. */
export interface NadsResult extends Rows {
  /** Where they were read, for messages. */
  readonly name: string;
  readonly eigenvalues?: Float64Array;
  readonly standardErrors?: Float64Array;
  /** The first point that was probed at: [C·H·W]. */
  readonly point?: Float32Array;
  /** Undefined where no nads.json was beside them. */
  readonly summary?: NadsSummary;
}

/**
 * A result from the bytes of its nads.npz, and of the nads.json beside it.
 * @param name for messages
 * @throws where it holds no directions, or is damaged, naming file and array
 */
export function decodeNads(name: string, npz: Uint8Array, json?: Uint8Array): NadsResult {
  const summary =
    json && parseNadsSummary(name.replace(/(nads|so-far)\.npz$/, '$1.json'), textOf(json));
  const arrays = SavedArrays.decode(npz, name);
  const rows = arrays.rows('nads', summary ? pixelsOf(summary.image) : 'pixels');
  if (summary && rows.rows !== summary.directions.saved)
    throw new Error(
      `${name}[nads]: ${rows.rows} directions, nads.json says ${summary.directions.saved}`,
    );
  const eigenvalues = arrays.has('eigenvalues')
    ? arrays.finite('eigenvalues', [rows.rows])
    : undefined;
  const standardErrors = arrays.has('standard_errors')
    ? arrays.numbers('standard_errors', [rows.rows])
    : undefined;
  const channelRows = arrays.has('channel_nads')
    ? channelNads(arrays, rows, summary?.image)
    : undefined;
  return {
    name,
    rows,
    ...(channelRows && { channelRows }),
    eigenvalues,
    standardErrors,
    ...(arrays.has('point') && { point: firstPoint(arrays, rows.columns) }),
    summary,
  };
}

/** Directions of one channel: as many for each as images have channels. */
function channelNads(arrays: SavedArrays, rows: Matrix, image: ImageShape | undefined): Matrix {
  const found = arrays.rows('channel_nads', image ? image.height * image.width : 'pixels');
  if (found.rows * rows.columns === rows.rows * found.columns) return found;
  throw new Error(
    `${arrays.file}[channel_nads]: ${found.rows} rows of ${found.columns} pixels do not fit ${rows.rows} of ${rows.columns}`,
  );
}

/** @throws where it has not as many numbers as a direction */
function firstPoint(arrays: SavedArrays, pixels: number): Float32Array {
  const { dims, data } = arrays.float32('point');
  if (data.length >= pixels && data.length % pixels === 0) return data.subarray(0, pixels);
  throw new Error(
    `${arrays.file}[point]: [${dims.join(', ')}], expected images of ${pixels} numbers`,
  );
}
