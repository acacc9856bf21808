import type { Fact, PageTable } from '@nads/report';
import type { Picture } from '../picture.js';
import type { SavedContext } from '../plot/saved-context.js';
import type { SavedFiles } from '../plot/saved-files.js';
import type { ReportedCurve } from './reported-curve.js';

/** What a report says of a result of one kind. */
export interface ReportedPart {
  /** What it is, as in 'NADs of lenet.onnx'. */
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly tables: readonly PageTable[];
  /** Beside those that commands draw; in place of one of the same name. */
  readonly pictures?: readonly Picture[];
  /** The words of the command that repeats it, where a file of its own says them. */
  readonly command?: readonly string[];
  /** Lines that are drawn together with those of other results. */
  readonly curves?: readonly ReportedCurve[];
}

/** Reads what a report says. @throws where a file is damaged or missing; messages name it */
export type ReadPart = (
  saved: SavedFiles,
  context: Required<SavedContext>,
) => Promise<ReportedPart>;
