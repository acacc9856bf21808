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
  readCsv(contents, columns, file).map(({ cell }) => {
    const [epoch, loss, trainAccuracy] = columns.slice(0, 3).map(name => Number(cell(name)));
    const tested = cell('test_accuracy');
    return { epoch, loss, trainAccuracy, ...(tested && { testAccuracy: Number(tested) }) };
  });
