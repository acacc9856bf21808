import { readHistory, type EpochRecord } from '@nads/study';
import { FolderStore } from '@nads/study/node';

/** Accuracies after the last epoch, in percent. */
export interface Learnt {
  readonly train: number;
  readonly test: number;
  /** All epochs. */
  readonly history: readonly EpochRecord[];
}

/** Of a network that `nads train` has trained into a folder. */
export async function learntIn(folder: string): Promise<Learnt> {
  const history = await readHistory(new FolderStore(folder));
  const last = history.at(-1);
  if (last?.testAccuracy === undefined) throw new Error(`${folder}: no test accuracy`);
  return { train: last.trainAccuracy, test: last.testAccuracy, history };
}
