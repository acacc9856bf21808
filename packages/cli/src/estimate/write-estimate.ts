import { estimateFiles, type Estimate, type Store } from '@nads/study';
import { warn } from '../terminal/say.js';

/** Writes a result: all of its files or none. */
export const writeEstimate = (store: Store, result: Estimate): Promise<void> =>
  store.write(estimateFiles(result, warn));
