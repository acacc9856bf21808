import { join } from 'node:path';
import {
  choosePreprocessing,
  nothingLearnt,
  setsAlong,
  setsOf,
  train as study,
  type Training,
  type TrainingSets,
  type TrainPlan,
  type TrainSettings,
} from '@nads/study';
import { nodeEnvironment, openData, readDirection } from '@nads/study/node';
import { chooseBackend } from '@nads/train/node';
import type { PreprocessingFlags } from '../commands/preprocessing-options.js';
import { statedPreprocessing } from '../terminal/stated-preprocessing.js';
import { noted } from '../terminal/open-basis.js';
import { runInFolder, type FolderFlags } from '../terminal/run-in-folder.js';
import { caution, speaker, warn } from '../terminal/say.js';
import { watched } from '../terminal/watched.js';
import { show, type ShowFlags } from '../terminal/show.js';
import { withFlags } from '../terminal/with-flags.js';

/** Options of `nads train`. */
export interface TrainFlags extends FolderFlags, ShowFlags, PreprocessingFlags, TrainSettings {
  readonly direction?: string;
  readonly data?: string;
  readonly testData?: string;
  readonly sigma: number;
  readonly epsilon: number;
  /** Images along a direction. */
  readonly train: number;
  readonly test: number;
  readonly channels?: number;
  readonly epochs: number;
  readonly quiet?: boolean;
}

/** Runs `nads train`. */
export async function train(name: string, flags: TrainFlags): Promise<void> {
  const { out, quiet } = flags;
  const say = speaker(quiet);
  const sets = openSets(flags);
  const backend = flags.engine === 'tfjs' ? await chooseBackend() : undefined;
  const run = { command: 'train', flags: { ...flags, architecture: name }, main: 'model.onnx' };
  await runInFolder({ ...run, state: 'checkpoint.npz' }, async store => {
    const { result, isInterrupted } = await watched(quiet, watch =>
      study(name, sets, flags, {
        ...nodeEnvironment(),
        ...watch,
        store,
        onPlan: plan => say(describe(plan, sets, backend)),
      }),
    );
    if (isInterrupted)
      warn(
        `interrupted; ${result?.history.length ?? 0} of ${flags.epochs} epoch(s) are in ${out}${result ? '; continue with --resume' : ''}`,
      );
    else {
      const model = join(out, 'model.onnx');
      const { epochs, history } = result!;
      const doubt = nothingLearnt(result!, sets.sizes.classes);
      if (doubt) caution(withFlags(doubt));
      show(flags, [summary(result!, model)], { architecture: name, epochs, history, model });
    }
    return !isInterrupted;
  });
}

/** @throws one line that names the option, the file or the image */
function openSets(flags: TrainFlags): TrainingSets {
  const { direction, data } = flags;
  if (direction !== undefined && data === undefined) return alongDirection(direction, flags);
  if (data !== undefined && direction === undefined) return ofData(data, flags);
  throw new Error('give either `direction` or `data` to train on');
}

function alongDirection(spec: string, flags: TrainFlags): TrainingSets {
  const { channels = 1, size: [height, width] = [32, 32] } = flags;
  const { basis, address } = readDirection(spec, { channels, height, width });
  return setsAlong(noted(basis), address, { ...flags, channels });
}

function ofData(data: string, flags: TrainFlags): TrainingSets {
  const named = (spec: string) => ({ name: spec, images: openData(spec, flags) });
  const stated = statedPreprocessing(data, { ...flags, layout: 'NCHW' });
  return setsOf(
    named(data),
    flags.testData === undefined ? undefined : named(flags.testData),
    choosePreprocessing(stated),
  );
}

function describe(
  { architecture, engine }: TrainPlan,
  { description }: TrainingSets,
  backend?: string,
): string {
  const lines = [`${architecture.title}, ${engine}`, description];
  if (backend !== undefined && backend !== 'tensorflow')
    lines.push(
      `TensorFlow.js runs on ${backend}; for libtensorflow, run npm install @tensorflow/tfjs-node where nads is installed`,
    );
  return lines.join('\n');
}

function summary({ history, epochs }: Training, file: string): string {
  const { loss, trainAccuracy, testAccuracy } = history[history.length - 1];
  const tested = testAccuracy === undefined ? '' : `, test accuracy ${testAccuracy.toFixed(2)} %`;
  return `${epochs} epoch(s): loss ${loss.toPrecision(4)}, train accuracy ${trainAccuracy.toFixed(2)} %${tested}, written to ${file}\n`;
}
