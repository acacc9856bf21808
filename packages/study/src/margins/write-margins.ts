import { NpzWriter } from '@nads/dataset';
import { perturbation } from '@nads/probe';
import type { OnWarning } from '../picture.js';
import type { Store, Write } from '../store.js';
import { marginsFiles } from './margins-files.js';
import type { Margins } from './margins.js';

/** How margins are written. */
interface WritingMargins {
  readonly perturbations?: boolean;
  /** Of pictures, as of `filesOfPictures`. */
  readonly onWarning?: OnWarning;
}

/**
 * Writes the files of margins, all of them or none.
 * @param perturbations whether they are written too, as perturbations.npz: `perturbations` [images, blocks, C, H, W], by pixel from
 *   0, black, to 1, and `blocks`, which ones
 */
export const writeMargins = (
  store: Store,
  found: Margins,
  { perturbations = false, onWarning }: WritingMargins = {},
): Promise<void> =>
  perturbations
    ? store.writeInParts('perturbations.npz', async write => {
        await writePerturbations(write, found);
        return marginsFiles(found, onWarning);
      })
    : store.write(marginsFiles(found, onWarning));

async function writePerturbations(
  write: Write,
  { found, images, blocks, trained }: Margins,
): Promise<void> {
  const { channels, height, width } = trained.image;
  function* parts(): Generator<Float32Array> {
    for (const { coefficients, subspace } of found)
      yield perturbation(coefficients, blocks[subspace].rows());
  }
  const archive = new NpzWriter(write);
  await archive.addParts('perturbations', {
    dtype: 'float32',
    shape: [images, blocks.length, channels, height, width],
    parts: parts(),
  });
  await archive.add('blocks', {
    dtype: 'int32',
    shape: [blocks.length],
    data: Int32Array.from(blocks, ({ index }) => index),
  });
  await archive.end();
}
