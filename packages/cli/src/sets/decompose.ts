import { decompose as study, decomposeFiles, type Decomposed } from '@nads/study';
import { nodeEnvironment } from '@nads/study/node';
import { runInFolder } from '../terminal/run-in-folder.js';
import { warn } from '../terminal/say.js';
import { watchedWhole } from '../terminal/watched-whole.js';
import { openAlong, type SetAlongFlags } from './set-along.js';
import { show } from '../terminal/show.js';

/** Options of `nads decompose`. */
export type DecomposeFlags = SetAlongFlags;

/** Runs `nads decompose`. */
export async function decompose(flags: DecomposeFlags): Promise<void> {
  const { out, quiet } = flags;
  const { set, basis, description } = openAlong(flags);
  await runInFolder({ command: 'decompose', flags, main: 'decomposition.csv' }, async store => {
    const result = await watchedWhole(quiet, watch =>
      study(set, basis, { ...nodeEnvironment(), ...watch }),
    );
    if (!result) return false;
    await store.write(decomposeFiles(result, warn));
    const { share, fisher } = result;
    show(flags, [description, ...summary(result), `written to ${out}`], {
      data: description,
      basis: basis.name,
      share: [...share],
      fisher: [...fisher],
      out,
    });
    return true;
  });
}

/** Directions that the summary counts. */
const counted = [1, 10, 100];

function summary({ share, fisher, basis }: Decomposed): string[] {
  const parts = counted
    .filter(k => k <= share.length)
    .map(k => `${k}: ${(100 * share.subarray(0, k).reduce((a, b) => a + b, 0)).toFixed(1)} %`);
  const lines = [`share of energy in the first directions of ${basis}: ${parts.join(', ')}`];
  if (Number.isNaN(fisher[0])) return lines;
  const best = Array.from(fisher, (_, k) => k).toSorted((a, b) => fisher[b] - fisher[a]);
  const named = best.slice(0, 5).map(k => `${k} (${fisher[k].toPrecision(3)})`);
  return [...lines, `classes are farthest apart along ${named.join(', ')} (Fisher's ratio)`];
}
