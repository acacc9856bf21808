import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const pythons = ['/usr/bin/python3', 'python3'];

/**
 * Starts a Python script of benchmarks/peer with the first Python that has the packages it needs.
 * The script says `{ "peer": … }`, then answers JSON lines.
 * @returns its name, `ask(request)` and `close()`; undefined where no Python can run it.
 */
export async function openPeer(script) {
  for (const python of pythons) {
    const peer = await start(python, script);
    if (peer) return peer;
  }
  return undefined;
}

async function start(python, script) {
  const path = fileURLToPath(new URL(`../peer/${script}`, import.meta.url));
  const child = spawn(python, [path], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.on('error', () => {}); // a Python that is not there: its output ends
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const greeting = await lines.next();
  if (greeting.done) return undefined;
  return {
    name: JSON.parse(greeting.value).peer,
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { done, value } = await lines.next();
      if (done) throw new Error(`${script} ended on ${JSON.stringify(request)}`);
      return JSON.parse(value);
    },
    close: () => child.stdin.end(),
  };
}

/**
 * The batch size with the least seconds per image.
 * @param ask asks the peer for seconds per image at a batch size.
 */
export async function bestPeerBatch(batches, ask, log) {
  let best = { seconds: Infinity };
  for (const batch of batches) {
    const seconds = await ask(batch);
    log(`  PyTorch, batch ${batch}: ${Math.round(1 / seconds)} images/s`);
    if (seconds < best.seconds) best = { batch, seconds };
  }
  return best.batch;
}
