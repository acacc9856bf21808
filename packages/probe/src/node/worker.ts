import { parentPort, workerData } from 'node:worker_threads';
import { nodeRuntime } from '@nads/runtime/node';
import { NetworkProbe } from '../network-probe.js';
import type { Plan } from '../plan.js';
import type { Answer } from './worker-pool.js';

const probe = new NetworkProbe(workerData as Plan, nodeRuntime);
const port = parentPort!;

port.on('message', (index: number) => void answer(index));

async function answer(index: number): Promise<void> {
  try {
    const sums = await probe.contribution(index);
    const answer: Answer = { index, sums };
    port.postMessage(
      answer,
      sums.map(({ data }) => data.buffer as ArrayBuffer),
    );
  } catch (error) {
    port.postMessage({ index, failure: (error as Error).message } satisfies Answer);
  }
}
