import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { ExternalReference } from '@nads/onnx';
import { sourceModel, type SourceModel } from '../source-model.js';
import { explainFile } from './explain-file.js';
import { noteInput, readInput } from './inputs.js';

/** Reads an ONNX file and the external data beside it. @throws one line that names the file. */
export function loadModel(file: string): SourceModel {
  const bytes = readInput(file);
  return sourceModel(file, bytes, {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    external: reference => readExternal(file, reference),
  });
}

/** External data must lie in the model's folder: a model is a guest and must not read elsewhere. */
function readExternal(file: string, { location, offset, length }: ExternalReference): Uint8Array {
  if (location.includes('\0'))
    throw new Error(
      `external data '${location}' is not the name of a file; export the model again`,
    );
  const folder = realpathSync(dirname(resolve(file)));
  const wanted = resolve(folder, location);
  if (!isInside(folder, wanted))
    throw new Error(
      `external data '${location}' lies outside the model's folder; refused, keep both in one folder`,
    );
  const path = explainFile(`external data '${location}'`, () => realpathSync(wanted));
  if (!isInside(folder, path))
    throw new Error(
      `external data '${location}' links outside the model's folder; refused, keep both in one folder`,
    );
  if (!statSync(path).isFile()) throw new Error(`external data '${location}' is not a file`);
  const bytes = readRange(path, offset, length, location);
  noteInput(path, bytes);
  return bytes;
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === path;
}

function readRange(path: string, offset: number, length: number, location: string): Uint8Array {
  const handle = openSync(path, 'r');
  try {
    const size = fstatSync(handle).size;
    if (offset + length > size)
      throw new Error(
        `external data '${location}' ends at ${size} bytes, ${offset + length} are needed; download it again`,
      );
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const more = readSync(handle, bytes, done, length - done, offset + done);
      if (more === 0) throw new Error(`external data '${location}' shrank while it was read`);
      done += more;
    }
    return bytes;
  } finally {
    closeSync(handle);
  }
}
