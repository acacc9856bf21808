import { pixelsOf, type ImageShape } from '@nads/basis';
import * as z from 'zod/mini';
import type { Identity } from '../identity.js';
import { about } from '../named-error.js';
import { checkedJson } from '../parse-json.js';
import type { Picture } from '../picture.js';
import type { SavedFiles } from '../plot/saved-files.js';
import type { SavedContext } from '../plot/saved-context.js';
import { journalFile, readJournal } from './journal.js';
import { sweepPictures, type PicturedSweep } from './sweep-pictures.js';

const recipeSchema = z.looseObject({ sigma: z.number(), epsilon: z.number() });

/** The picture of a sweep that was saved. @throws as `savedSweep` */
export const savedSweepPictures = async (
  saved: SavedFiles,
  context: Required<SavedContext>,
): Promise<Picture[]> => sweepPictures(await savedSweep(saved, context));

/** A sweep that was saved. @throws where the file is damaged, or that of its directions cannot be read */
export async function savedSweep(
  { store }: SavedFiles,
  { openBasis }: Required<SavedContext>,
): Promise<PicturedSweep> {
  const { head, entries } = await readJournal(store);
  const where = `${store.name}/${journalFile}, line 1`;
  return {
    architecture: { name: head.architecture },
    basis: about(where, () => openBasis(head.basis, shapeOf(head.image, where))),
    recipe: checkedJson(where, head, recipeSchema, 1),
    identity: head as Identity,
    entries,
  };
}

/** More numbers than images have that a sweep makes. */
const mostPixels = 2 ** 24;

/** '3x32x32' as a shape. @throws where it is none, or one of no image that a sweep makes; messages start with `where` */
function shapeOf(image: string, where: string): ImageShape {
  const [channels, height, width] = image.split('x').map(Number);
  const shape = { channels, height, width };
  const isShape = /^[1-9]\d*x[1-9]\d*x[1-9]\d*$/.test(image);
  if (isShape && pixelsOf(shape) <= mostPixels) return shape;
  throw new Error(`${where}: image: '${image}' is not a shape such as 3x32x32`);
}
