import { webRuntime } from '@nads/runtime/web';
import { webWorkerPool } from '@nads/runtime/web-workers';
import {
  estimate,
  estimateFiles,
  estimateSummary,
  estimateText,
  inspect,
  MemoryStore,
  sourceModel,
  withOutput,
  type Estimate,
  type SourceModel,
} from '@nads/study';
import type { Asked, Found, FromStudy } from './messages.js';

/** An estimate of one model, which can be paused and goes on where it was. */
export class Estimation {
  private readonly asked: Asked;
  private readonly tell: (message: FromStudy) => void;
  private readonly source: SourceModel;
  private readonly store = new MemoryStore('memory');
  private paused = new AbortController();

  /** @throws where the bytes are no model that can be read */
  constructor(asked: Asked, tell: (message: FromStudy) => void) {
    this.tell = tell;
    this.asked = asked;
    const { name, bytes, settings, workers } = asked;
    const whole = sourceModel(name, bytes);
    tell({ type: 'facts', facts: inspect(whole, { ...settings, workers }) });
    this.source = withOutput(whole, settings.output);
  }

  async run(resume: boolean): Promise<void> {
    this.paused = new AbortController();
    const { signal } = this.paused;
    const pool = webWorkerPool(
      this.asked.workers,
      () => new Worker(new URL('./pool-worker.ts', import.meta.url), { type: 'module' }),
    );
    try {
      await estimate(
        this.source,
        { ...this.asked.settings, resume },
        {
          runtime: webRuntime,
          pool,
          store: this.store,
          signal,
          onProgress: ({ unit, done, total, note }) =>
            this.tell({ type: 'progress', unit, done, total, note }),
          onEstimate: found => this.tell({ type: 'found', found: shown(found) }),
        },
      );
    } finally {
      await pool.close();
    }
    this.tell({ type: 'ended', paused: signal.aborted });
  }

  pause(): void {
    this.paused.abort(new DOMException('paused', 'AbortError'));
  }
}

function shown(found: Estimate): Found {
  const { eigenvalues, standardErrors } = found.directions;
  const summary = estimateSummary(found);
  const warnings: string[] = [];
  const files = estimateFiles(found, warning => void warnings.push(warning));
  return {
    text: [...estimateText(summary, eigenvalues, standardErrors), ...warnings],
    files: files.map(([name, contents]) => ({ name, contents })),
  };
}
