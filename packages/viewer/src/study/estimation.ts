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
import { processors, type ProcessorName } from './processors.js';
import { workersWithin } from './workers-within.js';

/** An estimate of one model, which can be paused and goes on where it was. */
export class Estimation {
  private readonly asked: Asked;
  private readonly tell: (message: FromStudy) => void;
  private readonly source: SourceModel;
  private readonly workers: number;
  private readonly store = new MemoryStore('memory');
  private processor: ProcessorName;
  /** Networks that are done. */
  private done = 0;
  private paused = new AbortController();

  /** @throws where the bytes are no model that can be read */
  constructor(asked: Asked, tell: (message: FromStudy) => void) {
    this.tell = tell;
    this.asked = asked;
    const { name, bytes, settings, workers, processor = 'WebAssembly' } = asked;
    this.processor = processor;
    const whole = sourceModel(name, bytes);
    const facts = inspect(whole, { ...settings, workers });
    this.workers = workersWithin(facts.estimate, workers);
    tell({ type: 'facts', facts });
    this.source = withOutput(whole, settings.output);
  }

  /** Draws networks, on WebAssembly where the processor that was asked for does not get to the first one. */
  async run(resume: boolean): Promise<void> {
    this.paused = new AbortController();
    const { signal } = this.paused;
    const obstacle = await this.obstacle(resume);
    if (obstacle !== undefined) {
      const why = `${this.processor}: ${obstacle}`;
      this.processor = 'WebAssembly';
      this.tell({ type: 'processor', name: this.processor, why });
      await this.draw(resume);
    }
    this.tell({ type: 'ended', paused: signal.aborted });
  }

  pause(): void {
    this.paused.abort(new DOMException('paused', 'AbortError'));
  }

  /** Draws networks, unless the processor cannot; then why. Sums of two processors are not mixed: they are rounded in different ways. */
  private async obstacle(resume: boolean): Promise<string | undefined> {
    const problem = await processors[this.processor].obstacle();
    if (problem !== undefined) return problem;
    this.tell({ type: 'processor', name: this.processor });
    try {
      await this.draw(resume);
    } catch (error) {
      const { name, message } = error as Error;
      const isFinal = this.processor === 'WebAssembly' || name === 'AbortError' || this.done > 0;
      if (isFinal) throw error;
      return message;
    }
    return undefined;
  }

  private async draw(resume: boolean): Promise<void> {
    const { runtime, workers } = processors[this.processor];
    const pool = webWorkerPool(
      workers(this.workers),
      () =>
        new Worker(new URL('./pool-worker.ts', import.meta.url), {
          type: 'module',
          name: this.processor,
        }),
    );
    try {
      await estimate(
        this.source,
        { ...this.asked.settings, resume },
        {
          runtime,
          pool,
          store: this.store,
          signal: this.paused.signal,
          onProgress: ({ unit, done, total, note }) => {
            this.done = done;
            this.tell({ type: 'progress', unit, done, total, note });
          },
          onEstimate: found => this.tell({ type: 'found', found: shown(found) }),
        },
      );
    } finally {
      await pool.close();
    }
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
