import { csv, readCsv } from '../csv.js';

/** The file of a store that holds a history. */
export const historyFile = 'history.csv';

/** How an epoch went. */
export interface EpochRecord {
  /** From 0 on. */
  readonly epoch: number;
  /** Mean cross-entropy. */
  readonly loss: number;
  /** Images classified correctly before the step that they took part in, in percent. */
  readonly trainAccuracy: number;
  /** Test images classified correctly after the epoch, in percent; undefined without such. */
  readonly testAccuracy?: number;
}

const columns = ['epoch', 'loss', 'train_accuracy', 'test_accuracy'];

/** A line for each epoch: history.csv. */
export const encodeHistory = (epochs: readonly EpochRecord[]): string =>
  csv(
    columns,
    epochs.map(({ epoch, loss, trainAccuracy, testAccuracy }) => [
      epoch,
      loss,
      trainAccuracy,
      testAccuracy,
    ]),
  );

/** What a history.csv holds. @throws where it is damaged; messages start with `file` */
export const decodeHistory = (contents: string, file: string): EpochRecord[] =>
  readCsv(contents, columns, file).map(({ line, number }) => {
    const [epoch, loss, trainAccuracy, tested] = columns.map(number);
    const isWhole = Number.isSafeInteger(epoch) && epoch >= 0;
    if (!isWhole || ![loss, trainAccuracy].every(Number.isFinite))
      throw new Error(`${file}, line ${line}: not an epoch with its loss and accuracy`);
    return { epoch, loss, trainAccuracy, ...(!Number.isNaN(tested) && { testAccuracy: tested }) };
  });
