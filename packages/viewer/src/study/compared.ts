import { compare, decodeNads } from '@nads/study';
import type { Compared, SavedResult } from './messages.js';

/** Dimensions of the subspaces that are compared, as far as there are so many directions. */
const tops = [1, 3, 10, 50, 100];

/** How much the leading subspaces of two results overlap. @throws where one has no directions, or these are of another size */
export function compared(results: readonly [SavedResult, SavedResult]): Compared {
  const [a, b] = results.map(nadsOf);
  const { subspaces } = compare(a, b, tops);
  return {
    names: [results[0].name, results[1].name],
    subspaces: subspaces.map(({ top, overlap, principalAngles }) => {
      const degrees = principalAngles.map(angle => (angle * 180) / Math.PI);
      return {
        top,
        overlap,
        chance: top / a.rows.columns,
        angles: [degrees[0], degrees[degrees.length >> 1], degrees.at(-1)!],
      };
    }),
  };
}

function nadsOf({ name, files }: SavedResult) {
  const bytesOf = (file: string): Uint8Array | undefined => {
    const contents = files.find(one => one.name === file)?.contents;
    return typeof contents === 'string' ? new TextEncoder().encode(contents) : contents;
  };
  const npz = bytesOf('nads.npz');
  if (!npz) throw new Error(`${name}: no nads.npz in it; only results of estimates are compared`);
  return decodeNads(`${name}/nads.npz`, npz, bytesOf('nads.json'));
}
