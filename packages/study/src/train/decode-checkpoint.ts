import type { State, TrainingPosition } from '@nads/train';
import type { SavedArrays } from '../saved-arrays.js';
import type { Checkpoint } from './checkpoint.js';
import type { EpochRecord } from './history-codec.js';
import type { BestWeights } from './training.js';

/**
 * What a checkpoint holds.
 * @param before the epochs in history.csv, which checkpoints without a history of their own go on from
 * @throws where an array is missing, of another shape, or holds other than finite numbers; messages start with the file's name
 */
export function decodeCheckpoint(
  arrays: SavedArrays,
  before: readonly EpochRecord[] = [],
): Checkpoint {
  const epochs = count(arrays, 'epochs');
  const history = arrays.has('history')
    ? historyIn(arrays, epochs)
    : requireEpochs(before.slice(0, epochs), epochs, arrays.file);
  return {
    position: { epochs, ...epochSoFar(arrays) },
    steps: count(arrays, 'steps'),
    state: stateIn(arrays, 'state'),
    history,
    best: arrays.has('best') ? bestIn(arrays) : undefined,
  };
}

function count(arrays: SavedArrays, name: string): number {
  const [value] = arrays.finite(name, []);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new Error(`${arrays.file}[${name}]: ${value} is not a number of ${name}`);
}

function requireEpochs(
  history: readonly EpochRecord[],
  epochs: number,
  file: string,
): readonly EpochRecord[] {
  if (history.length === epochs) return history;
  throw new Error(`${file}: the history has ${history.length} of ${epochs} epochs`);
}

/** Of each epoch from 0 on its number, loss, and accuracies of training and test images, NaN where nothing was tested. */
function historyIn(arrays: SavedArrays, epochs: number): EpochRecord[] {
  const numbers = arrays.numbers('history', [epochs, 4]);
  return Array.from({ length: epochs }, (_, epoch) => {
    const [number, loss, trainAccuracy, tested] = numbers.subarray(4 * epoch, 4 * epoch + 4);
    if (number !== epoch || !Number.isFinite(loss) || !(trainAccuracy >= 0 && trainAccuracy <= 100))
      throw new Error(`${arrays.file}[history]: row ${epoch} is not that of an epoch`);
    return { epoch, loss, trainAccuracy, testAccuracy: Number.isNaN(tested) ? undefined : tested };
  });
}

function epochSoFar(arrays: SavedArrays): Omit<TrainingPosition, 'epochs'> {
  if (!arrays.has('epoch_so_far')) return { steps: 0, loss: 0, correct: 0 };
  const [steps, loss, correct] = arrays.finite('epoch_so_far', [3]);
  if ([steps, correct].every(value => Number.isSafeInteger(value) && value >= 0))
    return { steps, loss, correct };
  throw new Error(`${arrays.file}[epoch_so_far]: steps and correct images are no counts`);
}

/** Finite arrays of a folder in the archive, by their names in it. */
function stateIn(arrays: SavedArrays, folder: string): State {
  const names = arrays.names.filter(name => name.startsWith(`${folder}/`));
  return new Map(names.map(name => [name.slice(folder.length + 1), arrays.float32(name)]));
}

function bestIn(arrays: SavedArrays): BestWeights {
  const [epoch, accuracy] = arrays.finite('best', [2]);
  if (!Number.isSafeInteger(epoch) || !(accuracy >= 0 && accuracy <= 100))
    throw new Error(
      `${arrays.file}[best]: ${epoch}, ${accuracy} are not an epoch and its accuracy`,
    );
  return { epoch, accuracy, state: stateIn(arrays, 'best') };
}
