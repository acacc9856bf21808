/** How far a long task has come. */
export interface Progress {
  /** What is counted, as in 'networks'. */
  readonly unit: string;
  readonly done: number;
  /** Undefined where nobody knows. */
  readonly total?: number;
  /** How it goes, in a few words. */
  readonly note?: string;
}

/** Told how far a long task has come. What it throws ends the task. */
export type OnProgress = (progress: Progress) => void;

/** Says whether somebody wants to stop: an AbortSignal, or what stands for one in a worker. */
export type StopSignal = Pick<AbortSignal, 'aborted' | 'throwIfAborted'>;

/** How a long task is watched and stopped. */
export interface Watched {
  readonly onProgress?: OnProgress;
  /** Asked before every run of a model; once aborted, the task throws its reason. */
  readonly signal?: StopSignal;
}
