import type { SourceModel } from './source-model.js';

/** What results say of the model that they are of; which output, where it has several. */
export const modelRecord = ({
  name,
  sha256,
  output,
}: SourceModel): { file: string; sha256: string; output?: string } => ({
  file: name,
  sha256,
  ...(output !== undefined && { output }),
});
