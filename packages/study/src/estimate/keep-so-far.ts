import type { Store } from '../store.js';
import { estimateSummary, nadsArrays } from './estimate-files.js';
import type { Estimate } from './estimated.js';
import { encodeNads } from './nads-codec.js';
import { soFarFiles } from './nads-files.js';

/** Directions that are found of an estimate that is not done: more would keep whoever draws networks waiting. */
const most = 64;

/**
 * What an estimate knows before it is done; undefined where no output has changed yet.
 * @param find the leading directions that are known
 */
export async function knownSoFar(
  find: (most: number) => Promise<Estimate>,
): Promise<Estimate | undefined> {
  try {
    return await find(most);
  } catch (error) {
    if ((error as Error).name === 'NoResponse') return undefined;
    throw error;
  }
}

/** Keeps what an estimate knows before it is done, for who looks at its folder meanwhile. */
export async function keepSoFar(store: Store, found: Estimate): Promise<void> {
  const { preparation, directions } = found;
  const summary = { ...estimateSummary(found), so_far: true };
  await store.write(encodeNads(nadsArrays(preparation, directions), summary, soFarFiles));
}

/** Takes it away when more is known. */
export const removeSoFar = (store: Store): Promise<void> => store.remove(Object.values(soFarFiles));
