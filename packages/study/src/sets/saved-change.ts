import type { Picture } from '../picture.js';
import type { SavedFiles } from '../plot/saved-files.js';
import { changePicture } from './change-picture.js';
import { decodeShown, shownEnding } from './shown-codec.js';

/** Such files of the commands that change sets. */
export const shownFiles = ['poisoned', 'flipped'].map(name => `${name}${shownEnding}`);

/** The picture of a changed set that was saved. @throws where the file is damaged */
export const savedChangePictures =
  (file: string) =>
  async (saved: SavedFiles): Promise<Picture[]> => {
    const { title, shown, shape } = decodeShown(await saved.bytes(file), saved.path(file));
    const draw = () => changePicture(title, shown, shape);
    return [
      {
        name: file.slice(0, -shownEnding.length),
        draw,
        caption: 'Images of the classes, before and after',
      },
    ];
  };
