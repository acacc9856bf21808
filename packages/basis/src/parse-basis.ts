import { OptionError } from '@nads/linalg';
import type { Basis } from './basis.js';
import { fileOfBasis, rowsBasis, type Rows } from './rows-basis.js';
import type { ImageShape } from './image-shape.js';
import { kinds } from './kinds.js';

/**
 * The basis that a specification names, of images of one channel; those of files may be of whole images.
 * @param shape of the images
 * @param rows what is in the file, where `fileOfBasis` names one
 * @throws OptionError if the specification is invalid or does not fit the images
 */
export function parseBasis(name: string, shape: ImageShape, rows?: Rows): Basis {
  const file = fileOfBasis(name);
  if (file !== undefined) {
    if (!rows) throw new Error(`${file}: the rows of basis '${name}' have not been read`);
    return rowsBasis(name, rows, shape);
  }
  const [kind] = name.split(':', 1);
  const argument = name.length > kind.length ? name.slice(kind.length + 1) : undefined;
  const { directions } = kinds.get(kind) ?? unknown(name);
  const { height, width } = shape;
  return { name, shape: { channels: 1, height, width }, ...directions(argument, shape) };
}

function unknown(name: string): never {
  const usages = [...kinds.values()].map(({ usage }) => usage);
  throw new OptionError(
    'basis',
    `unknown basis '${name}'; expected ${usages.join(', ')}, nads:FILE, or a .npy or .npz file`,
  );
}
