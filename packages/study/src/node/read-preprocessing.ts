import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { parsePreprocessing, preprocessingFields, type Preprocessing } from '@nads/dataset';
import type { StatedPreprocessing } from '../trained/choose-preprocessing.js';
import { explainFile } from './explain-file.js';
import { readInput } from './inputs.js';

/**
 * What a JSON file says of preprocessing: `file`, or `<model>.json` or `preprocessing.json` beside the model; undefined where
 * there is none.
 * @throws one line that names the file
 */
export function readPreprocessing(model: string, file?: string): StatedPreprocessing | undefined {
  const found = file ?? fileBeside(model);
  return found === undefined ? undefined : { name: `from ${found}`, fields: fieldsIn(found) };
}

const fieldsIn = (file: string): Partial<Preprocessing> =>
  parsePreprocessing(readInput(file).toString(), file);

function fileBeside(model: string): string | undefined {
  const stem = model.slice(0, model.length - extname(model).length);
  const general = join(dirname(model), 'preprocessing.json');
  return (
    [`${stem}.json`, `${model}.json`].find(isDescription) ??
    (existsSync(general) ? general : undefined)
  );
}

const longestDescription = 2 ** 16;

/** Whether a file that is named like the model describes preprocessing: other tools name theirs so too. */
function isDescription(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile() || found.size > longestDescription) return false;
  const text = explainFile(file, () => readFileSync(file, 'utf8'));
  try {
    const value: unknown = JSON.parse(text);
    return preprocessingFields.some(key => Object.hasOwn(Object(value) as object, key));
  } catch {
    // Broken JSON was perhaps meant for us: reading it says so.
    return true;
  }
}
