import { savedPictures } from '@nads/study';
import { drawPicture, FolderStore, readBasis, type DrawOptions } from '@nads/study/node';

/** Options of `nads plot`. */
export interface PlotFlags extends Omit<DrawOptions, 'format'> {
  readonly format: readonly DrawOptions['format'][];
  /** A folder; the one with the results if not given. */
  readonly out?: string;
}

/** Runs `nads plot`. */
export async function plot(folder: string, flags: PlotFlags): Promise<void> {
  const pictures = await savedPictures(new FolderStore(folder), { openBasis: readBasis });
  const out = flags.out ?? folder;
  const store = new FolderStore(out);
  await store.ready();
  for (const picture of pictures)
    for (const format of flags.format) {
      const file = await drawPicture(picture, { ...flags, format });
      await store.write([file]);
      process.stdout.write(`written to ${out}/${file[0]}\n`);
    }
}
