import { compared } from './compared.js';
import { Estimation } from './estimation.js';
import type { FromStudy, ToStudy } from './messages.js';
import { pictured } from './pictured.js';

const tell = (message: FromStudy): void => postMessage(message);

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
      if (data.type === 'start') estimation = new Estimation(data.asked, tell);
      await estimation?.run(data.type === 'resume');
    });
});
