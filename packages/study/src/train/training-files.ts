import { writeModel } from '@nads/onnx';
import { filesOfPictures, type OnWarning } from '../picture.js';
import { textOf, type NamedFile, type Store } from '../store.js';
import { decodeHistory, encodeHistory, historyFile, type EpochRecord } from './history-codec.js';
import { learningPicture } from './learning-picture.js';
import type { Training } from './training.js';

/** history.csv, model.onnx and learning.svg. */
export const trainingFiles = (
  { history, model, architecture }: Training,
  onWarning?: OnWarning,
): NamedFile[] => [
  [historyFile, encodeHistory(history)],
  ['model.onnx', writeModel(model)],
  ...filesOfPictures([learningPicture(history, architecture.name)], onWarning),
];

/** The epochs that a training has left in a store; none where there was none. */
export async function readHistory(store: Store): Promise<EpochRecord[]> {
  const bytes = await store.read(historyFile);
  return bytes ? decodeHistory(textOf(bytes), `${store.name}/${historyFile}`) : [];
}
