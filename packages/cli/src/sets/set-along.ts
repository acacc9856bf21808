import { formatShape, type Basis } from '@nads/basis';
import {
  describeData,
  pixelSet,
  type Change,
  type PixelSet,
  type PixelSettings,
} from '@nads/study';
import { openData, readBasis } from '@nads/study/node';
import { sayNote } from '../terminal/say-note.js';

/** What the options of a set of images and of directions of them give. */
export interface SetAlongFlags extends PixelSettings {
  readonly data: string;
  readonly layout?: 'NCHW' | 'NHWC';
  readonly nads?: string;
  readonly basis?: string;
  readonly quiet?: boolean;
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
  const basis = sayNote(readBasis(name, set.shape));
  const size = images.dims ? '' : `, as ${formatShape(set.shape)}`;
  return { set, basis, description: `${flags.data}: ${describeData(images)}${size}` };
}

function basisName({ nads, basis }: SetAlongFlags): string {
  if (nads !== undefined && basis === undefined) return `nads:${nads}`;
  if (basis !== undefined && nads === undefined) return basis;
  throw new Error('give either `nads` or `basis` to say along which directions');
}

/** How large a change is, in a line. */
export function describeChange({ norm, clean, largest, unit }: Change): string {
  const share = clean > 0 ? ` (${((100 * norm) / clean).toPrecision(3)} %)` : '';
  return `change: mean norm ${norm.toPrecision(4)} of ${clean.toPrecision(4)}${share}, largest of a pixel ${largest.toPrecision(3)}, ${unit}`;
}
