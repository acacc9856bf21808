/** Progress of a long task. */
export interface Progress {
  /** What is counted, as in 'networks'. */
  readonly unit: string;
  readonly done: number;
  /** Undefined if unknown. */
  readonly total?: number;
  /** Status in a few words. */
  readonly note?: string;
}

/** Receives the progress of a long task. An error that it throws ends the task. */
export type OnProgress = (progress: Progress) => void;

/** Whether the task should stop: an AbortSignal, or its counterpart in a worker. */
export type StopSignal = Pick<AbortSignal, 'aborted' | 'throwIfAborted'>;

/** How a long task reports progress and is stopped. */
export interface Watched {
  readonly onProgress?: OnProgress;
  /** Checked before every run of a model; once aborted, the task throws its reason. */
  readonly signal?: StopSignal;
}
