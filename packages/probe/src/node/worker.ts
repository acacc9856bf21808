import { parentPort, workerData } from 'node:worker_threads';
import { gramProduct } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { NetworkProbe } from '../network-probe.js';
import type { Answer, Assignment } from './worker-pool.js';

const { plan, closing } = workerData as Assignment;
const port = parentPort!;
const gram = await gramProduct(nodeRuntime, 1);
const probe = new NetworkProbe(plan, nodeRuntime, { gram, proceed });

function proceed(): void {
  if (Atomics.load(closing, 0) !== 0) throw new Error('the pool is closing');
}

port.on('message', (index: number | 'close') => {
  if (index === 'close') port.close();
  else void answer(index);
});

async function answer(index: number): Promise<void> {
  try {
    const sums = await probe.contribution(index);
    port.postMessage(
      { index, sums } satisfies Answer,
      sums.map(({ data }) => data.buffer as ArrayBuffer),
    );
  } catch (error) {
    port.postMessage({ index, failure: (error as Error).message } satisfies Answer);
  }
}
