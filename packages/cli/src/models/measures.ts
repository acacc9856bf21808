import { measures as study, measuresFiles, measuresSummary, measuresText } from '@nads/study';
import { nodeEnvironment, openData } from '@nads/study/node';
import type { PreprocessingFlags } from '../commands/preprocessing-options.js';
import { runInFolder, type FolderFlags } from '../terminal/run-in-folder.js';
import { warn } from '../terminal/say.js';
import { show, type ShowFlags } from '../terminal/show.js';
import { statedPreprocessing } from '../terminal/stated-preprocessing.js';
import { withFlags } from '../terminal/with-flags.js';
import { openModel } from './manifest.js';

/** Options of `nads measures`. */
interface MeasuresFlags extends FolderFlags, ShowFlags, PreprocessingFlags {
  readonly data?: string;
  readonly index?: number;
}

/** Runs `nads measures`. */
export async function measures(file: string, flags: MeasuresFlags): Promise<void> {
  const { data, index } = flags;
  const source = openModel(file);
  const images = data === undefined ? undefined : openData(data, flags);
  const preprocessing = statedPreprocessing(file, flags);
  await runInFolder({ command: 'measures', flags, main: 'measures.json' }, async store => {
    const found = await study(source, images, { index, preprocessing }, nodeEnvironment());
    await store.write(measuresFiles(found, warn));
    const lines = measuresText(found).map(withFlags);
    show(flags, [...lines, `written to ${flags.out}`], measuresSummary(found));
    return true;
  });
}
