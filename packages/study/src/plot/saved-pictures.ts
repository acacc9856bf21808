import { about } from '../named-error.js';
import type { Picture } from '../picture.js';
import { kindsIn } from '../result-kinds.js';
import type { Store } from '../store.js';
import { savedContext, type SavedContext } from './saved-context.js';
import { SavedFiles } from './saved-files.js';

/** Those of results of any kind that a folder holds; none where it holds none with pictures. @throws as `savedPictures` */
export async function picturesIn(
  saved: SavedFiles,
  context: Required<SavedContext>,
): Promise<Picture[]> {
  const found: Picture[] = [];
  for (const { file, pictures } of await kindsIn(saved)) {
    const drawn = await pictures(saved, context);
    found.push(...drawn.map(picture => aboutFile(saved.path(file), picture)));
  }
  return found;
}

/**
 * The pictures of results that a store holds, as they were drawn when the results were written.
 * @throws where it holds none, or a file is damaged or missing; messages name it
 */
export async function savedPictures(store: Store, given: SavedContext = {}): Promise<Picture[]> {
  const saved = new SavedFiles(store);
  const found = await picturesIn(saved, savedContext(given));
  if (found.length > 0) return found;
  const record = await saved.record();
  throw new Error(
    record?.finished === false
      ? `${store.name}: nads ${record.command} is not done, and has nothing to show yet`
      : `${store.name}: no result with pictures in it; give a folder that a command wrote to with --out`,
  );
}

/** A picture; where it cannot be drawn, the error names the file. */
const aboutFile = (file: string, picture: Picture): Picture => ({
  ...picture,
  draw: () => about(file, picture.draw),
});
