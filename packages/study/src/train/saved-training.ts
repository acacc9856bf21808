import type { Picture } from '../picture.js';
import type { SavedFiles } from '../plot/saved-files.js';
import { checkpointFile, checkpointSettings } from './checkpoint-codec.js';
import { decodeHistory, historyFile } from './history-codec.js';
import { learningPicture } from './learning-picture.js';

/** The learning curve of a training that was saved. @throws where a file is damaged or missing */
export async function savedTrainingPictures(saved: SavedFiles): Promise<Picture[]> {
  const history = decodeHistory(await saved.text(historyFile), saved.path(historyFile));
  if (history.length === 0) return [];
  const checkpoint = await saved.arrays(checkpointFile);
  const { architecture, model } = checkpointSettings(checkpoint);
  return [learningPicture(history, architecture ?? model ?? 'a model')];
}
