import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { addresses, parseBasis } from '@nads/basis';
import type { Pool } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import {
  estimate,
  estimateFiles,
  MemoryStore,
  sourceModel,
  sweep,
  type NamedFile,
} from '@nads/study';
import { temporaryFolder } from '@nads/testing';
import { redisPath, RedisServer, withoutRedis } from '@nads/testing/redis';
import { openBlobs, programHere, queuePool } from '../src/index.js';

const withRedis = redisPath ? describe : describe.skip;
if (!redisPath) console.warn(`studies.test.ts: ${withoutRedis}`);

const here = new URL('.', import.meta.url);
const lenet = fileURLToPath(new URL('../../../models/lenet.onnx', here));

withRedis('studies on workers', () => {
  const folder = temporaryFolder();
  let redis: RedisServer;
  let workers: ChildProcess[] = [];

  beforeAll(async () => {
    mkdirSync(folder.path('redis'));
    redis = await RedisServer.start({ folder: folder.path('redis') });
  });
  afterEach(() => {
    for (const worker of workers) worker.kill('SIGKILL');
    workers = [];
  });
  afterAll(async () => {
    await redis?.stop();
    folder.remove();
  });

  async function startWorkers(count: number, store: string): Promise<ChildProcess[]> {
    const options = JSON.stringify({ queue: redis.url, store, threads: 1, lease: 1500 });
    const code = fileURLToPath(new URL('worker.mjs', here));
    const started = Array.from({ length: count }, () =>
      spawn(process.execPath, [code, options], { stdio: ['ignore', 'pipe', 'inherit'] }),
    );
    workers.push(...started);
    await Promise.all(
      started.map(({ stdout }) => new Promise(resolve => stdout.once('data', resolve))),
    );
    return started;
  }

  async function poolOf(store: string, onWarning?: (text: string) => void): Promise<Pool> {
    const program = await programHere('test', nodeRuntime);
    return queuePool({ queue: redis.url, store: openBlobs(store), program, pulse: 500, onWarning });
  }

  const runEstimate = async (pool?: Pool): Promise<readonly NamedFile[]> => {
    const source = sourceModel('lenet.onnx', readFileSync(lenet));
    const settings = { networks: 6, seed: 3, basis: 'dct:8' };
    return estimateFiles(await estimate(source, settings, { runtime: nodeRuntime, pool }));
  };

  const runSweep = async (pool?: Pool): Promise<readonly NamedFile[]> => {
    const basis = parseBasis('fourier:4', { channels: 1, height: 8, width: 8 });
    const store = new MemoryStore();
    const settings = { sigma: 0.5, epsilon: 2, train: 128, test: 128, epochs: 4, batch: 32 };
    const chosen = addresses('2:2,0:1,1:1,3:0', basis, 'indices');
    await sweep('logreg', basis, chosen, settings, { runtime: nodeRuntime, pool, store });
    return [...store.files].filter(([name]) => name !== 'journal.jsonl'); // lines in the order in which they came
  };

  const bytes = (files: readonly NamedFile[]): [string, string][] =>
    files.map(([name, contents]) => [name, Buffer.from(contents).toString('base64')]);

  test('an estimate and a sweep on 1, 2 and 4 workers are those of this process, byte for byte', async () => {
    const [wantedEstimate, wantedSweep] = [await runEstimate(), await runSweep()].map(bytes);
    for (const count of [1, 2, 4]) {
      const store = folder.path(`store-${count}`);
      const started = await startWorkers(count, store);
      const pool = await poolOf(store);
      expect(bytes(await runEstimate(pool))).toEqual(wantedEstimate);
      expect(bytes(await runSweep(pool))).toEqual(wantedSweep);
      await pool.close();
      for (const worker of started) worker.kill('SIGKILL');
    }
  });

  test('a worker that is killed in the middle is replaced by others, and nothing changes', async () => {
    const wanted = bytes(await runSweep());
    const store = folder.path('killed');
    const said: string[] = [];
    const [first] = await startWorkers(1, store);
    const pool = await poolOf(store, text => void said.push(text));
    const result = runSweep(pool);
    const second = startWorkers(1, store);
    setTimeout(() => first.kill('SIGKILL'), 100);
    await second;
    expect(bytes(await result)).toEqual(wanted);
    await pool.close();
  });
});
