import { filesOfPictures, type OnWarning } from '../picture.js';
import type { NamedFile } from '../store.js';
import { pruneReport } from './prune-report.js';
import type { Pruned } from './pruned.js';
import { removedPicture, removedPictureName } from './removed-picture.js';

/** The file of a store that holds what was removed. */
export const pruneFile = 'prune.json';

/** Files of a report in a folder. */
export const pruneFileNames: readonly string[] = [pruneFile, `${removedPictureName}.svg`];

/** The report as JSON. @param words the command that repeats it */
export const pruneJson = (found: Pruned, words?: readonly string[]): string =>
  `${JSON.stringify({ ...pruneReport(found), arguments: words }, null, 2)}\n`;

/** prune.json and removed.svg. @param words the command that repeats it */
export function pruneFiles(
  found: Pruned,
  words?: readonly string[],
  onWarning?: OnWarning,
): NamedFile[] {
  const { groups } = pruneReport(found);
  const picture = removedPicture(groups, found.source.name);
  return [[pruneFile, pruneJson(found, words)], ...filesOfPictures([picture], onWarning)];
}
