import type { Preprocessing } from '@nads/dataset';
import type { StatedPreprocessing } from '@nads/study';
import { readPreprocessing } from '@nads/study/node';
import type { PreprocessingFlags } from '../commands/preprocessing-options.js';

/** What flags and a JSON file say of a model's preprocessing; flags win. @throws one line that names the file. */
export function statedPreprocessing(
  model: string,
  flags: PreprocessingFlags,
): StatedPreprocessing[] {
  const file = readPreprocessing(model, flags.preprocessing);
  const options = { name: 'from the options', fields: fieldsOf(flags) };
  return file ? [options, file] : [options];
}

function fieldsOf(flags: PreprocessingFlags): Partial<Preprocessing> {
  const { range, mean, std, layout, size, resize, crop, bgr } = flags;
  return { range, mean, std, layout, size, resize, crop, order: bgr && 'BGR' };
}
