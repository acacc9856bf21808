import { parentPort, workerData } from 'node:worker_threads';
import { gramProduct } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { NetworkProbe } from '../network-probe.js';
import type { Answer, Order, Start } from './worker-pool.js';

const { closing } = workerData as Start;
const port = parentPort!;
const gram = await gramProduct(nodeRuntime, 1);
let probe: NetworkProbe;

function proceed(): void {
  if (Atomics.load(closing, 0) !== 0) throw new Error('the pool is closing');
}

port.on('message', (order: Order) => {
  if (order === 'close') port.close();
  else if ('plan' in order) probe = new NetworkProbe(order.plan, nodeRuntime, { gram, proceed });
  else void answer(order.index);
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
