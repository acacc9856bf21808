import { outputNames, withFirstOutput, withOutput, type SourceModel } from '@nads/study';
import { openModel } from '../models/manifest.js';
import { speaker } from './say.js';

/** Options of commands that take one output of a model. */
export interface OutputFlags {
  /** By name; the one that looks like logits if not given. */
  readonly output?: string;
  readonly quiet?: boolean;
}

/** Opens a model, a file or one by its name, for one of its outputs, and says which where the file has several and none was chosen. */
export const openOutput = (file: string, flags: OutputFlags): SourceModel =>
  openChosen(openModel(file), withOutput, flags);

/** The same model with that output before the others, which stay; says which where none was chosen. */
export const firstOutput = (source: SourceModel, flags: OutputFlags): SourceModel =>
  openChosen(source, withFirstOutput, flags);

function openChosen(
  source: SourceModel,
  choose: typeof withOutput,
  { output, quiet }: OutputFlags,
): SourceModel {
  const chosen = choose(source, output);
  if (output === undefined && chosen.output !== undefined)
    speaker(quiet)(
      `output      '${chosen.output}' of ${outputNames(source)}; --output takes another`,
    );
  return chosen;
}
