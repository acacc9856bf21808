import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { rowsOf } from '@nads/basis';
import { decodeNpy } from '@nads/dataset';
import { decodeNads, type NadsResult } from '../estimate/nads-codec.js';
import { tallyFile } from '../estimate/tally-codec.js';
import { explainFile } from './explain-file.js';
import { readInput } from './inputs.js';

/** Reads directions: a result folder, its nads.npz, or a .npy file of rows. @throws one line that names the file. */
export function readNads(path: string): NadsResult {
  const isFolder = explainFile(path, () => statSync(path).isDirectory());
  const file = isFolder ? join(path, 'nads.npz') : path;
  if (!existsSync(file)) throw new Error(`${path}: ${whyNot(path)}`);
  const bytes = readInput(file);
  if (file.endsWith('.npy')) {
    const { shape, data } = decodeNpy(bytes, file);
    const values = Float64Array.from(data as ArrayLike<number>, Number);
    return { name: path, rows: rowsOf(file, shape, values) };
  }
  if (!isZip(bytes))
    throw new Error(`${file}: neither a result nor an array; give a result folder, .npz or .npy`);
  const json = join(dirname(file), 'nads.json');
  const isResult = basename(file) === 'nads.npz' && existsSync(json);
  const summary = isResult ? readInput(json) : undefined;
  return { ...decodeNads(file, bytes, summary), name: path };
}

const whyNot = (folder: string): string =>
  existsSync(join(folder, tallyFile))
    ? 'this estimate is not done, it has no nads.npz yet; wait for its end, or resume it'
    : 'no nads.npz in it; give a folder that nads estimate wrote';

/** Zip archives begin with the signature of their first entry. */
const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;
