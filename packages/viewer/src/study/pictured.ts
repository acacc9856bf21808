import { MemoryStore, savedPictures, svgOf } from '@nads/study';
import type { Found, ResultFile, SavedResult } from './messages.js';

const isPicture = ({ name }: ResultFile): boolean => /\.(svg|png)$/.test(name);

/** A result that was saved, its pictures drawn again. @throws where it has none, or is damaged */
export async function pictured({ name, files }: SavedResult): Promise<Found> {
  const store = new MemoryStore(name);
  await store.write(files.map(file => [file.name, file.contents]));
  const pictures = await savedPictures(store);
  const drawn = pictures.map(picture => ({
    name: `${picture.name}.svg`,
    contents: svgOf(picture),
    caption: picture.caption,
  }));
  return { text: [], files: [...files.filter(file => !isPicture(file)), ...drawn] };
}
