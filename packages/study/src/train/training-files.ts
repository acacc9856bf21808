import { writeModel } from '@nads/onnx';
import { textOf, type NamedFile, type Store } from '../store.js';
import { decodeHistory, encodeHistory, historyFile, type EpochRecord } from './history-codec.js';
import type { Training } from './training.js';

/** history.csv and model.onnx. */
export const trainingFiles = ({ history, model }: Training): NamedFile[] => [
  [historyFile, encodeHistory(history)],
  ['model.onnx', writeModel(model)],
];

/** The epochs that a training has left in a store; none where there was none. */
export async function readHistory(store: Store): Promise<EpochRecord[]> {
  const bytes = await store.read(historyFile);
  return bytes ? decodeHistory(textOf(bytes), `${store.name}/${historyFile}`) : [];
}
