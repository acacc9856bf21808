import { filesOfPictures, type OnWarning } from '../picture.js';
import type { NamedFile } from '../store.js';
import type { Decomposed } from './decompose.js';
import { decomposePictures } from './decompose-pictures.js';
import { encodeDecomposition } from './decomposition-codec.js';

/** decomposition.csv, decomposition.json, energy.svg, and separability.svg where there are classes. */
export function decomposeFiles(found: Decomposed, onWarning?: OnWarning): NamedFile[] {
  const classEnergies = found.classes.map(({ energy }) => energy);
  return [
    ...encodeDecomposition(found),
    ...filesOfPictures(decomposePictures({ ...found, classEnergies }), onWarning),
  ];
}
