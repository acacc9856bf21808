import { imageInput, flatModel } from '@nads/onnx';
import type { EstimateSettings, SourceModel } from '@nads/study';
import { readImages, readRows } from '@nads/study/node';
import type { ProviderFlags } from '../commands/provider-option.js';
import type { QueueFlags } from '../commands/queue-options.js';
import type { OutputFlags } from '../terminal/open-output.js';
import type { FolderFlags } from '../terminal/run-in-folder.js';

/** Options of `nads estimate`, beside those that the study takes as they are. */
export interface EstimateFlags
  extends
    FolderFlags,
    OutputFlags,
    ProviderFlags,
    QueueFlags,
    Omit<EstimateSettings, 'points' | 'pointCount' | 'rows'> {
  /** A file. */
  readonly point?: string;
  /** How many are drawn. */
  readonly points: number;
  readonly workers?: number;
  readonly json?: boolean;
}

/** Settings with the arrays in the files that flags name. @throws one line that names the file. */
export function settingsOf({ model }: SourceModel, flags: EstimateFlags): EstimateSettings {
  const { point, points: pointCount, ...settings } = flags;
  const rows = flags.basis === undefined ? undefined : readRows(flags.basis);
  return {
    ...settings,
    pointCount,
    rows,
    ...(point && { points: readImages(point, imageInput(flatModel(model), flags)) }),
  };
}
