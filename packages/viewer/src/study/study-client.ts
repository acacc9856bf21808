import type { Asked, FromStudy, SavedResult, ToStudy } from './messages.js';

/** A study in a worker of its own, so that the page stays responsive. */
export class StudyClient {
  private readonly worker: Worker;

  constructor(onMessage: (message: FromStudy) => void) {
    this.worker = new Worker(new URL('./study-worker.ts', import.meta.url), { type: 'module' });
    this.worker.addEventListener('message', ({ data }: MessageEvent<FromStudy>) => onMessage(data));
    this.worker.addEventListener('error', ({ message }) =>
      onMessage({
        type: 'failed',
        message: message || 'the worker of the study could not be started',
      }),
    );
  }

  start(asked: Asked): void {
    this.tell({ type: 'start', asked });
  }

  /** Draws the pictures of a result that was saved. */
  show(result: SavedResult): void {
    this.tell({ type: 'show', result });
  }

  compare(results: readonly [SavedResult, SavedResult]): void {
    this.tell({ type: 'compare', results });
  }

  pause(): void {
    this.tell({ type: 'pause' });
  }

  resume(): void {
    this.tell({ type: 'resume' });
  }

  /** Ends the study; what it has not told is lost. */
  stop(): void {
    this.worker.terminate();
  }

  private tell(message: ToStudy): void {
    this.worker.postMessage(message);
  }
}
