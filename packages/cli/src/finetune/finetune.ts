import { join } from 'node:path';
import {
  finetune as study,
  finetuneSummary,
  finetuneText,
  type Finetuned,
  type FinetuneImages,
  type FinetuneSettings,
} from '@nads/study';
import { nodeEnvironment, openData } from '@nads/study/node';
import type { PreprocessingFlags } from '../commands/preprocessing-options.js';
import { openModel } from '../models/manifest.js';
import { runInFolder, type FolderFlags } from '../terminal/run-in-folder.js';
import { speaker, warn } from '../terminal/say.js';
import { show, type ShowFlags } from '../terminal/show.js';
import { statedPreprocessing } from '../terminal/stated-preprocessing.js';
import { watched } from '../terminal/watched.js';

/** Options of `nads finetune`. */
interface FinetuneFlags
  extends
    FolderFlags,
    ShowFlags,
    Omit<PreprocessingFlags, 'preprocessing'>,
    Omit<FinetuneSettings, 'preprocessing'> {
  readonly data: string;
  readonly validationData?: string;
  readonly preprocessing?: string;
  readonly quiet?: boolean;
}

/** Runs `nads finetune`. */
export async function finetune(file: string, flags: FinetuneFlags): Promise<void> {
  const { out, quiet } = flags;
  const source = openModel(file);
  const images = openImages(flags);
  const settings = { ...flags, preprocessing: statedPreprocessing(file, flags) };
  const run = { command: 'finetune', flags: { ...flags, model: source.sha256 } };
  const files = { main: 'model.onnx', state: 'checkpoint.npz' };
  await runInFolder({ ...run, ...files }, async store => {
    const { result, isInterrupted } = await watched(quiet, watch =>
      study(source, images, settings, {
        ...nodeEnvironment(),
        ...watch,
        store,
        onPlan: speaker(quiet),
      }),
    );
    if (isInterrupted) warn(interruption(out, result));
    else {
      const model = join(out, 'model.onnx');
      show(flags, [`${finetuneText(result!)}, written to ${model}`], {
        ...finetuneSummary(result!),
        file: model,
      });
    }
    return !isInterrupted;
  });
}

/** @throws one line that names the option or the file */
function openImages(flags: FinetuneFlags): FinetuneImages {
  const { data, validationData } = flags;
  const named = (spec: string) => ({ name: spec, images: openData(spec, flags) });
  return {
    train: named(data),
    validation: validationData === undefined ? undefined : named(validationData),
  };
}

const interruption = (out: string, done: Finetuned | undefined): string =>
  done
    ? `interrupted; ${done.history.length} of ${done.epochs} epoch(s) are in ${out}; continue with --resume`
    : 'interrupted; nothing was written';
