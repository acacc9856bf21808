import { parseSize } from '@nads/dataset';
import { webWorkerPool } from '@nads/runtime/web-workers';
import {
  estimate,
  estimateFiles,
  estimateSummary,
  estimateText,
  type EstimateSettings,
  inspect,
  soFarEstimateFiles,
  sourceModel,
  withOutput,
  type Estimate,
  type SourceModel,
} from '@nads/study';
import { KeptRun } from './kept-run.js';
import type { Asked, AskedSettings, Found, FromStudy } from './messages.js';
import { processors, type ProcessorName } from './processors.js';
import { workersWithin } from './workers-within.js';

/** An estimate of one model, which can be paused and goes on where it was. */
export class Estimation {
  private readonly asked: Asked;
  private readonly tell: (message: FromStudy) => void;
  private readonly source: SourceModel;
  private readonly settings: EstimateSettings;
  private readonly workers: number;
  private kept: KeptRun | undefined;
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
    this.settings = studied(settings);
    const facts = inspect(whole, { ...this.settings, workers });
    this.workers = workersWithin(facts.estimate, workers);
    tell({ type: 'facts', facts });
    this.source = withOutput(whole, settings.output);
  }

  /** Draws networks; what is done survives the page. */
  async run(resume: boolean): Promise<void> {
    this.paused = new AbortController();
    const { signal } = this.paused;
    this.kept ??= await KeptRun.open(this.asked, this.source.sha256, why =>
      this.tell({ type: 'unkept', why }),
    );
    try {
      await this.drawSomehow(resume);
    } catch (error) {
      if (!signal.aborted && this.done === 0) await this.kept.discard();
      if (!signal.aborted) this.close();
      throw error;
    }
    if (!signal.aborted) this.close();
    this.tell({ type: 'ended', paused: signal.aborted });
  }

  private close(): void {
    this.kept?.close();
    this.kept = undefined;
  }

  pause(): void {
    this.paused.abort(new DOMException('paused', 'AbortError'));
  }

  /** Draws networks, on WebAssembly where the processor that was asked for does not get to the first one. */
  private async drawSomehow(resume: boolean): Promise<void> {
    const obstacle = await this.obstacle(resume);
    if (obstacle === undefined) return;
    const why = `${this.processor}: ${obstacle}`;
    this.processor = 'WebAssembly';
    this.tell({ type: 'processor', name: this.processor, why });
    await this.draw(resume);
  }

  /** Draws networks, unless the processor cannot; then why. Sums of two processors are not mixed: they are rounded in different ways. */
  private async obstacle(resume: boolean): Promise<string | undefined> {
    const problem = await processors[this.processor].obstacle();
    if (problem !== undefined && !resume) return problem;
    if (problem !== undefined)
      throw new Error(
        `${this.asked.name}: begun on ${this.processor} (${problem}); estimate again`,
      );
    this.tell({ type: 'processor', name: this.processor });
    try {
      await this.draw(resume);
    } catch (error) {
      const { name, message } = error as Error;
      const isFinal =
        this.processor === 'WebAssembly' || name === 'AbortError' || resume || this.done > 0;
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
      const { signal } = this.paused;
      const result = await estimate(
        this.source,
        { ...this.settings, resume },
        {
          runtime,
          pool,
          store: this.kept?.store,
          signal,
          onProgress: ({ unit, done, total, note }) => {
            this.done = done;
            this.tell({ type: 'progress', unit, done, total, note });
          },
          onEstimate: sofar =>
            this.tell({ type: 'found', found: shown(sofar, soFarEstimateFiles) }),
        },
      );
      const found = shown(result, estimateFiles);
      if (!signal.aborted) await this.kept?.finish(found);
      this.tell({ type: 'found', found });
    } finally {
      await pool.close();
    }
  }
}

/** Settings of a study. @throws where the size is none */
function studied({ size, ...rest }: AskedSettings): EstimateSettings {
  if (size === undefined) return rest;
  try {
    return { ...rest, size: parseSize(size) };
  } catch (error) {
    throw new Error(`size '${size}': ${(error as Error).message}`, { cause: error });
  }
}

/** An estimate in words and files. @param filesOf makes the files, and tells of pictures that could not be drawn */
function shown(found: Estimate, filesOf: typeof estimateFiles): Found {
  const { eigenvalues, standardErrors } = found.directions;
  const summary = estimateSummary(found);
  const warnings: string[] = [];
  const files = filesOf(found, warning => void warnings.push(warning));
  return {
    text: [...estimateText(summary, eigenvalues, standardErrors), ...warnings],
    files: files.map(([name, contents]) => ({ name, contents })),
  };
}
