import { inProcessPool, type Pool, type Runtime } from '../src/index.js';
import { ThreadPool } from '../src/node/thread-pool.js';
import { webWorkerPool } from '../src/web/workers.js';
import { services } from './services/arithmetic-services.mjs';
import { webWorker } from './services/web-worker.js';

const code = new URL('./services/arithmetic.mjs', import.meta.url);
const webCode = new URL('./services/web-arithmetic.mjs', import.meta.url);
const webPool = (): Pool => webWorkerPool(2, () => webWorker(webCode));
const pools: [string, () => Pool][] = [
  ['one thread', () => new ThreadPool(code, { size: 1 })],
  ['three threads', () => new ThreadPool(code, { size: 3, preload: 'add' })],
  ['two web workers', webPool],
  ['two web workers of a page that may not share memory', () => notIsolated(webPool)],
  ['the own thread', () => inProcessPool(services, {} as Runtime)],
];

/** Pools whose flags are messages, since begin makes the flag. */
function notIsolated(make: () => Pool): Pool {
  const pool = make();
  const begin = pool.begin.bind(pool);
  return Object.assign(pool, {
    begin(name: string, setup: unknown) {
      Object.assign(globalThis, { crossOriginIsolated: false });
      try {
        return begin(name, setup);
      } finally {
        Reflect.deleteProperty(globalThis, 'crossOriginIsolated');
      }
    },
  });
}

describe.each(pools)('a pool of %s', (_, make) => {
  let pool: Pool;
  beforeEach(() => {
    pool = make();
  });
  afterEach(() => pool.close());

  test('gives each task its own result, whoever is done first', async () => {
    const job = pool.begin<{ value: number; milliseconds: number }, number>('add', 100);
    const tasks = [1, 2, 3, 4, 5].map(value => job.run({ value, milliseconds: 10 / value }));
    expect(await Promise.all(tasks)).toEqual([101, 102, 103, 104, 105]);
  });

  test('does one job after the other, each with its setup', async () => {
    for (const addend of [1, 2]) {
      const job = pool.begin<{ value: number }, number>('add', addend);
      expect(await job.run({ value: 0 })).toBe(addend);
      await job.end();
      await expect(job.run({ value: 0 })).rejects.toThrow('the job is over');
    }
  });

  test('a task that fails leaves the others alone', async () => {
    const job = pool.begin<{ value: number }, number>('add', 1);
    const [bad, good] = [job.run({ value: -1 }), job.run({ value: 1 })];
    await expect(bad).rejects.toThrow('negative: -1');
    expect(await good).toBe(2);
  });

  test('ending a job ends the tasks that it is in, and the next job can begin', async () => {
    const job = pool.begin<null, never>('forever', null);
    const tasks = [job.run(null), job.run(null), job.run(null), job.run(null)];
    const failures = Promise.allSettled(tasks);
    await new Promise(resolve => setTimeout(resolve, 50));
    await job.end();
    for (const { status } of await failures) expect(status).toBe('rejected');
    const next = pool.begin<{ value: number }, number>('add', 1);
    expect(await next.run({ value: 1 })).toBe(2);
  });

  test('a service that cannot be set up, or is not there, fails its tasks', async () => {
    const broken = pool.begin('broken', null);
    await expect(broken.run(null)).rejects.toThrow('no such setup');
    await broken.end();
    await expect(pool.begin('constructor', null).run(null)).rejects.toThrow(
      "unknown service 'constructor'; expected one of add, forever, broken, dies",
    );
  });
});

test('a thread that dies fails what is running and what comes after', async () => {
  const pool = new ThreadPool(code, { size: 1 });
  const job = pool.begin('dies', null);
  const [first, second] = [job.run(null), job.run(null)];
  const failures = await Promise.allSettled([first, second]);
  for (const failure of failures)
    expect((failure as PromiseRejectedResult).reason).toMatchObject({
      message: 'this thread is gone',
    });
  await expect(job.run(null)).rejects.toThrow('this thread is gone');
  await pool.close();
});

test('a pool does one job at a time', async () => {
  const pool = new ThreadPool(code, { size: 1 });
  pool.begin('add', 1);
  expect(() => pool.begin('add', 2)).toThrow('one job at a time');
  await pool.close();
});
