import type { SourceModel } from './source-model.js';

/** What results say of the model that they are of. */
export type ModelRecord = {
  readonly file: string;
  readonly sha256: string;
  /** Which output, where the model has several. */
  readonly output?: string;
  /** Types of half precision that were widened to float32, where there are any. */
  readonly widened?: readonly string[];
};

/** What results say of a model. */
export const modelRecord = ({ name, sha256, output, widened }: SourceModel): ModelRecord => ({
  file: name,
  sha256,
  ...(output !== undefined && { output }),
  ...(widened && { widened }),
});
