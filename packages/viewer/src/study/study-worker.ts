import { webRuntime } from '@nads/runtime/web';
import { webWorkerPool } from '@nads/runtime/web-workers';
import {
  compare,
  decodeNads,
  estimate,
  estimateFiles,
  estimateSummary,
  estimateText,
  inspect,
  MemoryStore,
  savedPictures,
  sourceModel,
  svgOf,
  withOutput,
  type Estimate,
  type SourceModel,
} from '@nads/study';
import type {
  Asked,
  Compared,
  Found,
  FromStudy,
  ResultFile,
  SavedResult,
  ToStudy,
} from './messages.js';

const tell = (message: FromStudy): void => postMessage(message);

/** An estimate of one model, which can be paused and goes on where it was. */
class Estimation {
  private readonly asked: Asked;
  private readonly source: SourceModel;
  private readonly store = new MemoryStore('memory');
  private paused = new AbortController();

  /** @throws where the bytes are no model that can be read */
  constructor(asked: Asked) {
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
          onProgress: ({ done, total, note }) => tell({ type: 'progress', done, total, note }),
          onEstimate: found => tell({ type: 'found', found: shown(found) }),
        },
      );
    } finally {
      await pool.close();
    }
    tell({ type: 'ended', paused: signal.aborted });
  }

  pause(): void {
    this.paused.abort(new DOMException('paused', 'AbortError'));
  }
}

function shown(found: Estimate): Found {
  const { eigenvalues, standardErrors } = found.directions;
  const summary = estimateSummary(found);
  const files = estimateFiles(found, () => {}); // a picture that cannot be drawn is missing
  return {
    text: estimateText(summary, eigenvalues, standardErrors),
    files: files.map(([name, contents]) => ({ name, contents })),
  };
}

const isPicture = ({ name }: ResultFile): boolean => /\.(svg|png)$/.test(name);

/** A result that was saved, its pictures drawn again. @throws where it has none, or is damaged */
async function pictured({ name, files }: SavedResult): Promise<Found> {
  const store = new MemoryStore(name);
  await store.write(files.map(file => [file.name, file.contents]));
  const pictures = await savedPictures(store);
  const drawn = pictures.map(picture => ({
    name: `${picture.name}.svg`,
    contents: svgOf(picture),
  }));
  return { text: [], files: [...files.filter(file => !isPicture(file)), ...drawn] };
}

/** Dimensions of the subspaces that are compared, as far as there are so many directions. */
const tops = [1, 3, 10, 50, 100];

/** @throws where one of them has no directions, or these are of another size */
function compared(results: readonly [SavedResult, SavedResult]): Compared {
  const [a, b] = results.map(nadsOf);
  const { subspaces } = compare(a, b, tops);
  return {
    names: [results[0].name, results[1].name],
    subspaces: subspaces.map(({ top, overlap, principalAngles }) => {
      const degrees = principalAngles.map(angle => (angle * 180) / Math.PI);
      return {
        top,
        overlap,
        chance: top / a.rows.columns,
        angles: [degrees[0], degrees[degrees.length >> 1], degrees.at(-1)!],
      };
    }),
  };
}

function nadsOf({ name, files }: SavedResult) {
  const bytesOf = (file: string): Uint8Array | undefined => {
    const contents = files.find(one => one.name === file)?.contents;
    return typeof contents === 'string' ? new TextEncoder().encode(contents) : contents;
  };
  const npz = bytesOf('nads.npz');
  if (!npz) throw new Error(`${name}: no nads.npz in it; only results of estimates are compared`);
  return decodeNads(`${name}/nads.npz`, npz, bytesOf('nads.json'));
}

let estimation: Estimation | undefined;

/** Tells what went wrong; a pause before the first network is none. */
async function attempt(work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'AbortError') tell({ type: 'ended', paused: true });
    else tell({ type: 'failed', message });
  }
}

addEventListener('message', ({ data }: MessageEvent<ToStudy>) => {
  if (data.type === 'pause') estimation?.pause();
  else
    void attempt(async () => {
      if (data.type === 'show') {
        tell({ type: 'found', found: await pictured(data.result) });
        tell({ type: 'ended', paused: false });
        return;
      }
      if (data.type === 'compare')
        return tell({ type: 'compared', compared: compared(data.results) });
      if (data.type === 'start') estimation = new Estimation(data.asked);
      await estimation?.run(data.type === 'resume');
    });
});
