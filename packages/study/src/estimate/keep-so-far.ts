import type { Store } from '../store.js';
import { estimateSummary, nadsArrays } from './estimate-files.js';
import type { Estimate } from './estimated.js';
import { encodeNads } from './nads-codec.js';
import { soFarFiles } from './nads-files.js';

/** Directions that are kept of an estimate that is not done. */
const most = 64;

/**
 * Keeps what an estimate knows before it is done, for who looks at its folder meanwhile; nothing where no output has changed yet.
 * @param find the leading directions that are known
 */
export async function keepSoFar(
  store: Store,
  find: (most: number) => Promise<Estimate>,
): Promise<void> {
  const found = await find(most).catch((error: Error) => {
    if (error.name === 'NoResponse') return undefined;
    throw error;
  });
  if (!found) return;
  const { preparation, directions } = found;
  const summary = { ...estimateSummary(found), so_far: true };
  await store.write(encodeNads(nadsArrays(preparation, directions), summary, soFarFiles));
}

/** Takes it away when more is known. */
export const removeSoFar = (store: Store): Promise<void> => store.remove(Object.values(soFarFiles));
