import { outputNames, withOutput, type SourceModel } from '@nads/study';
import { openModel } from '../models/manifest.js';
import { speaker } from './say.js';

/** Options of commands that take one output of a model. */
export interface OutputFlags {
  /** By name; the one that looks like logits if not given. */
  readonly output?: string;
  readonly quiet?: boolean;
}

/** Opens a model, a file or one by its name, for one of its outputs, and says which where the file has several and none was chosen. */
export function openOutput(file: string, { output, quiet }: OutputFlags): SourceModel {
  const source = openModel(file);
  const chosen = withOutput(source, output);
  if (output === undefined && chosen.output !== undefined)
    speaker(quiet)(
      `output      '${chosen.output}' of ${outputNames(source)}; --output takes another`,
    );
  return chosen;
}
