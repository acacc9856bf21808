import { writeModel } from '@nads/onnx';
import { filesOfPictures, type OnWarning } from '../picture.js';
import { textOf, type NamedFile, type Store } from '../store.js';
import { decodeHistory, encodeHistory, historyFile, type EpochRecord } from './history-codec.js';
import { learningPicture } from './learning-picture.js';
import type { Trained, Training } from './training.js';

/** history.csv, model.onnx and learning.svg. */
export const trainingFiles = (training: Training, onWarning?: OnWarning): NamedFile[] =>
  learningFiles(training, training.architecture.name, onWarning);

/** The same of any network. @param title what pictures call it */
export const learningFiles = (
  { history, model }: Trained,
  title: string,
  onWarning?: OnWarning,
): NamedFile[] => [
  [historyFile, encodeHistory(history)],
  ['model.onnx', writeModel(model)],
  ...filesOfPictures([learningPicture(history, title)], onWarning),
];

/** The epochs that a training has left in a store; none where there was none. */
export async function readHistory(store: Store): Promise<EpochRecord[]> {
  const bytes = await store.read(historyFile);
  return bytes ? decodeHistory(textOf(bytes), `${store.name}/${historyFile}`) : [];
}
