import type { Image, LabelledImages } from '@nads/dataset';
import { openData } from './open-data.js';

/** Pictures in files of their own. @throws one line that names the file. */
export function openPictures(names: readonly string[]): LabelledImages {
  const pictures = names.map(onePicture);
  return { count: names.length, image: i => pictures[i], nameOf: i => names[i] };
}

function onePicture(name: string): Image {
  const found = openData(name);
  if (found.count === 1) return found.image(0);
  throw new Error(`${name}: ${found.count} pictures; give single PNG or JPEG files`);
}
