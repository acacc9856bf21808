import { formatShape, type Basis } from '@nads/basis';
import { describeData, pixelSet, type PixelSet, type PixelSettings } from '@nads/study';
import { openData } from '@nads/study/node';
import { openBasis } from '../terminal/open-basis.js';
import type { FolderFlags } from '../terminal/run-in-folder.js';

/** What the options of a set of images and of directions of them give. */
export interface SetAlongFlags extends FolderFlags, PixelSettings {
  readonly data: string;
  readonly layout?: 'NCHW' | 'NHWC';
  readonly nads?: string;
  readonly basis?: string;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** A set of images, and directions of them. */
export interface SetAlong {
  readonly set: PixelSet;
  readonly basis: Basis;
  /** What is in the set, in one line. */
  readonly description: string;
}

/** Opens both. @throws one line that names the option, the file or the image. */
export function openAlong(flags: SetAlongFlags): SetAlong {
  const name = basisName(flags);
  const images = openData(flags.data, flags);
  const set = pixelSet(flags.data, images, flags);
  const basis = openBasis(name, set.shape);
  const size = images.dims ? '' : `, as ${formatShape(set.shape)}`;
  return { set, basis, description: `${flags.data}: ${describeData(images)}${size}` };
}

function basisName({ nads, basis }: SetAlongFlags): string {
  if (nads !== undefined && basis === undefined) return `nads:${nads}`;
  if (basis !== undefined && nads === undefined) return basis;
  throw new Error('give either `nads` or `basis` to say along which directions');
}
