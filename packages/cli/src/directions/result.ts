import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { decodeNpy, decodeNpz, type NdArray } from '@nads/dataset';
import { matrix, type Matrix } from '@nads/linalg';
import { explain } from '../messages/explain.js';

/** A set of directions that a file holds. */
export interface Result {
  readonly name: string;
  /** What the networks were asked, as in 'secants of step 100', where a nads.json beside it says. */
  readonly probe?: string;
  /** Rows, most preferred first. */
  readonly rows: Matrix;
  /** The directions of one channel, where the channels of a colour model are exchangeable. */
  readonly channelRows?: Matrix;
  readonly eigenvalues?: Float64Array;
  readonly standardErrors?: Float64Array;
}

/** Reads a result folder, its nads.npz, or a .npy file of rows. @throws one line that names the file. */
export function readResult(path: string): Result {
  const file = explain(path, () => (statSync(path).isDirectory() ? join(path, 'nads.npz') : path));
  if (!existsSync(file))
    throw new Error(`${path}: no nads.npz in it; give a folder that estimate wrote`);
  const bytes = explain(file, () => readFileSync(file));
  if (file.endsWith('.npy')) return { name: path, rows: toMatrix(decodeNpy(bytes, file), file) };
  if (!isZip(bytes))
    throw new Error(`${file}: neither a result nor an array; give a result folder, .npz or .npy`);
  const arrays = decodeNpz(bytes, file);
  const nads = arrays.get('nads');
  if (!nads) throw new Error(`${file}: no array 'nads' in it`);
  const channel = arrays.get('channel_nads');
  return {
    name: path,
    probe: probeOf(join(dirname(file), 'nads.json')),
    rows: toMatrix(nads, file),
    ...(channel && { channelRows: toMatrix(channel, file) }),
    eigenvalues: numbers(arrays.get('eigenvalues')),
    standardErrors: numbers(arrays.get('standard_errors')),
  };
}

interface Summary {
  readonly settings?: { readonly probe?: string; readonly step?: number | null };
}

/** What a summary says of the probe; undefined where there is none that says so. */
function probeOf(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const text = explain(file, () => readFileSync(file, 'utf8'));
  const { settings = {} } = explain(file, () => JSON.parse(text) as Summary);
  const { probe, step } = settings;
  if (probe === 'gradient') return 'exact gradients';
  if (probe === 'mixed') return 'mixed derivative';
  return typeof step === 'number' ? `secants of step ${step}` : undefined;
}

/** Zip archives begin with the signature of their first entry. */
const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

const numbers = (array: NdArray | undefined): Float64Array | undefined =>
  array && Float64Array.from(array.data as ArrayLike<number>, Number);

function toMatrix({ shape, data }: NdArray, file: string): Matrix {
  if (shape.length !== 2)
    throw new Error(`${file}: dims [${shape}], expected rows of directions [k, D]`);
  const values = Float64Array.from(data as ArrayLike<number>, Number);
  if (!values.every(Number.isFinite)) throw new Error(`${file}: holds values that are not finite`);
  return matrix(shape[0], shape[1], values);
}
