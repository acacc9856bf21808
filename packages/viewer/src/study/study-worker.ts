import { Estimation } from './estimation.js';
import { explained } from './explained.js';
import { handedOver } from './handed-over.js';
import type { Found, FromStudy, ToStudy } from './messages.js';
import { pictured } from './pictured.js';
import { ResultPair } from './result-pair.js';

function tell(message: FromStudy): void {
  if (message.type !== 'found') return postMessage(message);
  const { found, memory } = handedOver(message.found);
  postMessage({ ...message, found }, { transfer: memory });
}

let estimation: Estimation | undefined;
let pair: ResultPair | undefined;

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

function tellAll(found: Found): void {
  tell({ type: 'found', found });
  tell({ type: 'ended', paused: false });
}

async function answer(message: ToStudy): Promise<void> {
  switch (message.type) {
    case 'pause':
      return estimation?.pause();
    case 'show':
      return tellAll(await pictured(message.result));
    case 'explain':
      return tellAll(await explained(message.asked, tell));
    case 'compare':
      pair = new ResultPair(message.results, message.models);
      return tell({ type: 'compared', compared: pair.overlaps() });
    case 'respond': {
      const found = await pair?.direction(message.settings);
      if (found) tellAll(found);
      return;
    }
    case 'start':
      estimation = new Estimation(message.asked, tell);
      return estimation.run(message.asked.continues !== undefined);
    case 'resume':
      return estimation?.run(true);
  }
}

addEventListener('message', ({ data }: MessageEvent<ToStudy>) => void attempt(() => answer(data)));
