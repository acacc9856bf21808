import {
  imageOf,
  pictureFiles,
  saliency as study,
  saliencyJson,
  saliencySummary,
  saliencyText,
  type SaliencySettings,
  type SourceModel,
} from '@nads/study';
import { nodeEnvironment, openPictures, readBaseline } from '@nads/study/node';
import type { PreprocessingFlags } from '../commands/preprocessing-options.js';
import type { ProviderFlags } from '../commands/provider-option.js';
import { statedPreprocessing } from '../terminal/stated-preprocessing.js';
import { runInFolder, type FolderFlags } from '../terminal/run-in-folder.js';
import { speaker, warn } from '../terminal/say.js';
import { watched } from '../terminal/watched.js';
import { openOutput, type OutputFlags } from '../terminal/open-output.js';
import { show, type ShowFlags } from '../terminal/show.js';
import { withFlags } from '../terminal/with-flags.js';

/** Options of `nads saliency`. */
export interface SaliencyFlags
  extends
    FolderFlags,
    ShowFlags,
    OutputFlags,
    ProviderFlags,
    Omit<SaliencySettings, 'baseline' | 'methods' | 'preprocessing'>,
    PreprocessingFlags {
  /** Files. */
  readonly image: readonly string[];
  readonly method: NonNullable<SaliencySettings['methods']>;
  /** zero, mean, or a file. */
  readonly baseline: string;
}

/** Runs `nads saliency`; the maps of a picture are written before the next is begun. */
export async function saliency(file: string, flags: SaliencyFlags): Promise<void> {
  const { image: names, quiet } = flags;
  const source = openOutput(file, flags);
  const settings = settingsOf(source, flags);
  const pictures = openPictures(names);
  await runInFolder({ command: 'saliency', flags, main: 'saliency.json' }, async store => {
    let written = 0;
    const { result, isInterrupted } = await watched(quiet, watch =>
      study(source, pictures, settings, {
        ...nodeEnvironment(flags.provider),
        ...watch,
        store,
        onPlan: ({ trained }) => speaker(quiet)(trained.description),
        async onPicture(found) {
          await store.write(pictureFiles(found, warn));
          written++;
        },
      }),
    );
    if (isInterrupted) warn(`interrupted; ${written} of ${names.length} picture(s) are written`);
    if (!result) return false;
    await store.write([saliencyJson(result)]);
    show(
      flags,
      [`${saliencyText(result.pictures).map(withFlags).join('\n')}\n`],
      saliencySummary(result),
    );
    speaker(quiet)(`written to ${flags.out}`);
    return !isInterrupted;
  });
}

function settingsOf(source: SourceModel, flags: SaliencyFlags): SaliencySettings {
  const { method: methods, ...settings } = flags;
  const preprocessing = statedPreprocessing(source.name, flags);
  const baseline = readBaseline(flags.baseline, imageOf(source, preprocessing));
  return { ...settings, methods, preprocessing, baseline };
}
