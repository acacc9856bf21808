import type { FromStudy, ToStudy } from './messages.js';

/** A study in a worker of its own, so that the page stays responsive. */
export class StudyClient {
  private readonly worker: Worker;
  private readonly listening = new AbortController();

  constructor(onMessage: (message: FromStudy) => void) {
    const { signal } = this.listening;
    this.worker = new Worker(new URL('./study-worker.ts', import.meta.url), { type: 'module' });
    this.worker.addEventListener(
      'message',
      ({ data }: MessageEvent<FromStudy>) => onMessage(data),
      { signal },
    );
    this.worker.addEventListener(
      'error',
      ({ message }) =>
        onMessage({
          type: 'failed',
          message: message || 'the worker of the study could not be started',
        }),
      { signal },
    );
  }

  tell(message: ToStudy): void {
    this.worker.postMessage(message);
  }

  /** Ends the study; what it has not told is lost. */
  stop(): void {
    this.listening.abort();
    this.worker.terminate();
  }
}
