import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inProcessPool, type Pool } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { temporaryFolder } from '@nads/testing';
import { redisPath, RedisServer, withoutRedis } from '@nads/testing/redis';
import {
  drainQueues,
  FolderBlobs,
  queuePool,
  queueStatus,
  retryTasks,
  serveQueue,
  StoreTrouble,
  type BlobStore,
  type Program,
  type QueuePoolOptions,
  type QueueWorker,
  type ServeOptions,
  type WorkerEvent,
} from '../src/index.js';
import { connectRedis } from '../src/redis/connect-redis.js';
import { someServices, type SomeSetup, type SomeTask } from './some-services.js';

const withRedis = redisPath ? describe : describe.skip;
if (!redisPath) console.warn(`queue-pool.test.ts: ${withoutRedis}`);

const program: Program = { nads: '1.2.3', runtime: 'test 1', arithmetic: 'abc' };
const setup: SomeSetup = { factor: 2, weights: Float32Array.of(0.1, -0, NaN, 1e-40) };

withRedis('a queue', () => {
  const folder = temporaryFolder();
  let redis: RedisServer;
  let place = 0;
  const open: (() => Promise<void>)[] = [];
  let said: string[] = [];
  let events: WorkerEvent[] = [];

  beforeAll(async () => {
    mkdirSync(folder.path('redis'));
    redis = await RedisServer.start({ folder: folder.path('redis') });
  });
  beforeEach(async () => {
    place++;
    said = [];
    events = [];
    const connection = await connectRedis({ queue: redis.url });
    await connection.flushall();
    connection.disconnect();
  });
  afterEach(async () => {
    for (const close of open.splice(0).toReversed()) await close();
  });
  afterAll(async () => {
    await redis?.stop();
    folder.remove();
  });

  const server = () => ({ queue: redis.url });

  const blobs = (): FolderBlobs => new FolderBlobs(folder.path(`store-${place}`));

  async function pool(options: Partial<QueuePoolOptions> = {}): Promise<Pool> {
    const made = await queuePool({
      queue: redis.url,
      store: blobs(),
      program,
      backoff: 20,
      pulse: 200,
      onWarning: text => void said.push(text),
      ...options,
    });
    open.push(() => made.close());
    return made;
  }

  async function worker(options: Partial<ServeOptions> = {}): Promise<QueueWorker> {
    const made = await serveQueue({
      queue: redis.url,
      store: blobs(),
      program,
      threads: 2,
      makePool: () => inProcessPool(someServices, nodeRuntime),
      lease: 1000,
      pulse: 200,
      onEvent: event => void events.push(event),
      ...options,
    });
    open.push(() => made.drain());
    return made;
  }

  const begin = (where: Pool) => where.begin<SomeTask, Float64Array>('scaled', setup);

  const expected = (task: number): Float64Array =>
    Float64Array.from(setup.weights, weight => weight * 2 * task);

  const until = async (condition: () => boolean): Promise<void> => {
    for (let i = 0; !condition() && i < 400; i++) await sleep(25);
    expect(condition()).toBe(true);
  };

  /** Runs a worker that dies in the middle of a task. */
  const died = (options: object): Promise<void> =>
    new Promise(resolve => {
      const code = fileURLToPath(new URL('dying-worker.mjs', import.meta.url));
      const child = spawn(process.execPath, [code, JSON.stringify(options)], { stdio: 'inherit' });
      child.once('exit', () => resolve());
    });

  const stored = (kind: string): string[] => {
    const below = folder.path(`store-${place}`, kind);
    if (!existsSync(below)) return [];
    return readdirSync(below, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && !entry.name.endsWith('.partial'))
      .map(entry => join(entry.parentPath, entry.name));
  };

  test('workers do tasks, and results are those of any other pool, bit by bit', async () => {
    await worker();
    await worker();
    const job = begin(await pool());
    const tasks = Array.from({ length: 30 }, (_, i) => i - 15.5);
    const results = await Promise.all(tasks.map(task => job.run(task)));
    results.forEach((result, i) => expect(result).toEqual(expected(tasks[i])));
    await job.end();
    expect(events.filter(({ event }) => event === 'done')).toHaveLength(30);
    expect(said).toEqual([]);
  });

  test('the same task twice at a time is done once', async () => {
    const job = begin(await pool());
    const both = [job.run(1), job.run(1)];
    await worker();
    expect(await Promise.all(both)).toEqual([expected(1), expected(1)]);
    expect(events.map(({ event }) => event)).toEqual(['done']);
  });

  test('jobs with other setups are done side by side', async () => {
    const [first, second] = [await pool(), await pool()];
    await worker({ threads: 2 });
    const jobs = [first, second].map((one, i) =>
      one.begin<number, Float64Array>('scaled', { ...setup, factor: i + 1 }),
    );
    const results = await Promise.all([1, 2, 3, 4].map(task => jobs[task % 2].run(task)));
    results.forEach((result, i) =>
      expect(result).toEqual(
        Float64Array.from(setup.weights, w => w * (((i + 1) % 2) + 1) * (i + 1)),
      ),
    );
  });

  test('large results come in the order of their tasks', async () => {
    await worker({ threads: 4 });
    const job = (await pool()).begin<number, Uint8Array>('large', 2 ** 20 + 1);
    const order: number[] = [];
    const tasks = [5, 4, 3, 2, 1];
    await Promise.all(tasks.map(async task => order.push((await job.run(task))[0])));
    expect(order).toEqual(tasks);
  });

  test('a task that fails again and again is set aside with its error, and the rest is done', async () => {
    const { name } = await worker();
    const job = begin(await pool());
    const poison = job.run({ throw: 'no such direction' });
    const rest = Promise.all([1, 2, 3].map(task => job.run(task)));
    await expect(poison).rejects.toThrow(
      `no such direction (on ${name}); scaled {"throw":"no such direction"} is set aside after 3 attempt(s)`,
    );
    expect(await rest).toHaveLength(3);
    const { tasks, aside, workers } = await queueStatus(server());
    expect(tasks).toEqual([{ program, waiting: 0, active: 0, delayed: 0, aside: 1 }]);
    expect(aside).toEqual([
      {
        service: 'scaled',
        task: '{"throw":"no such direction"}',
        error: `no such direction (on ${name})`,
      },
    ]);
    expect(workers).toMatchObject([{ name, threads: 2 }]);
    expect(await retryTasks(server())).toBe(1);
    await until(() => events.filter(({ event }) => event === 'failed').length > 3);
    expect(await drainQueues(server())).toBeLessThanOrEqual(1);
  });

  test('a task that kills workers is set aside, and the rest is done', async () => {
    const job = begin(await pool());
    const poison = expect(job.run(1)).rejects.toThrow(
      'workers died or were cut off again and again in the middle of scaled 1, which is set aside',
    );
    const where = { queue: redis.url, store: folder.path(`store-${place}`), program };
    for (let i = 0; i < 2; i++) await died(where);
    await worker({ lease: 400, takeovers: 1 });
    await poison;
    expect(said.filter(text => text.includes('others take it over'))).toHaveLength(2);
    expect(await job.run(2)).toEqual(expected(2));
  });

  test('a later run takes what an earlier one has left, without workers', async () => {
    const first = await worker();
    const job = begin(await pool());
    const results = await Promise.all([1, 2, 3].map(task => job.run(task)));
    await first.drain();
    const again = begin(await pool());
    expect(await Promise.all([1, 2, 3].map(task => again.run(task)))).toEqual(results);
    expect(events).toHaveLength(3);
  });

  test('a result that is damaged is named and made again', async () => {
    await worker();
    const job = begin(await pool());
    await job.run(7);
    const [record] = stored('results');
    const { result } = JSON.parse(readFileSync(record, 'utf8')) as { result: string };
    writeFileSync(
      stored('content').find(file => file.endsWith(result))!,
      'damaged',
    );
    expect(await begin(await pool()).run(7)).toEqual(expected(7));
    expect(said).toEqual([
      expect.stringMatching(/a result, holds 7 bytes of sha256 .* is done again$/),
    ]);
    expect(events.map(({ event }) => event)).toEqual(['done', 'done']);
  });

  test('a setup that is damaged is named; tasks of others are done', async () => {
    const other = begin(await pool());
    const [one] = [await pool()];
    const job = one.begin<SomeTask, Float64Array>('scaled', { ...setup, factor: 9 });
    const task = job.run(1);
    await until(() => stored('content').length === 3);
    const changed = stored('content').filter(file => readFileSync(file).includes('"factor":9'));
    expect(changed).toHaveLength(1);
    writeFileSync(changed[0], 'another model');
    await worker();
    await expect(task).rejects.toThrow(
      /a setup, holds 13 bytes of sha256 .*, not what its name says/,
    );
    expect(await other.run(1)).toEqual(expected(1));
  });

  test('a worker of another version takes nothing, which both sides say; the right one does', async () => {
    await worker({ name: 'old', program: { ...program, nads: '1.2.2', runtime: 'test 0' } });
    const job = begin(await pool());
    const result = job.run(3);
    await until(() => said.length > 0);
    expect(said[0]).toBe(
      'of 1 worker(s) none fits nads 1.2.3, test 1, arithmetic abc: ' +
        'old is nads 1.2.2 instead of 1.2.3, runtime test 0 instead of test 1',
    );
    await until(() => events.some(({ event }) => event === 'refused'));
    expect(events[0].text).toContain('nads 1.2.2 instead of 1.2.3');
    await worker({ name: 'new' });
    expect(await result).toEqual(expected(3));
    expect(events.some(({ event, text }) => event === 'done' && text.startsWith('scaled 3'))).toBe(
      true,
    );
  });

  test('a worker whose disk is full says so and leaves tasks to others', async () => {
    const full: BlobStore = {
      name: '/full',
      read: name => blobs().read(name),
      write: async () => {
        throw new StoreTrouble('/full', 'no space is left');
      },
    };
    await worker({ name: 'full', store: full });
    const job = begin(await pool());
    const result = job.run(3);
    await until(() => said.includes('worker full: store /full: no space is left'));
    expect(events[0]).toMatchObject({ event: 'trouble' });
    await worker({ name: 'empty' });
    expect(await result).toEqual(expected(3));
    const done = await Promise.all([4, 5, 6, 7].map(task => job.run(task)));
    expect(done).toHaveLength(4);
  });

  test('a worker with another store says so', async () => {
    await worker({ name: 'elsewhere', store: new FolderBlobs(folder.path('elsewhere')) });
    const result = begin(await pool()).run(3);
    await until(() => said.some(text => text.includes('is it the store of the study?')));
    await worker();
    expect(await result).toEqual(expected(3));
  });

  test('Redis that is out of memory is named, and the rest is done once it has some', async () => {
    await worker();
    const job = begin(await pool());
    const connection = await connectRedis({ queue: redis.url });
    open.push(async () => connection.disconnect());
    await connection.config('SET', 'maxmemory', '1');
    const result = job.run(3);
    await until(() => said.some(text => text.includes('its memory is full')));
    expect(said[0]).toMatch(
      /^Redis at redis:\/\/127.0.0.1:\d+: it refuses to write, since its memory is full/,
    );
    await connection.config('SET', 'maxmemory', '0');
    expect(await result).toEqual(expected(3));
  });

  test('Redis that may throw tasks away is named', async () => {
    const connection = await connectRedis({ queue: redis.url });
    open.push(async () => connection.disconnect());
    await connection.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await pool();
    await connection.config('SET', 'maxmemory-policy', 'noeviction');
    expect(said).toEqual([
      'Redis may throw tasks away: its maxmemory-policy is allkeys-lru; set noeviction',
    ]);
  });

  test('tasks that Redis has forgotten are given again', async () => {
    const job = begin(await pool());
    const result = job.run(3);
    const connection = await connectRedis({ queue: redis.url });
    open.push(async () => connection.disconnect());
    const names = async () => connection.keys('*:wait');
    while ((await names()).length === 0) await sleep(10);
    await connection.flushall();
    await worker();
    expect(await result).toEqual(expected(3));
  });

  test('where a job ends, its tasks leave the queue and fail', async () => {
    const job = begin(await pool());
    const results = [1, 2, 3].map(task => job.run(task));
    const outcomes = Promise.allSettled(results);
    const waiting = async () => (await queueStatus(server())).tasks[0].waiting;
    while ((await waiting()) < 3) await sleep(10);
    await job.end();
    for (const outcome of await outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'the job is over' } });
    expect(await waiting()).toBe(0);
    await expect(job.run(4)).rejects.toThrow('the job is over');
  });

  test('a worker that is told to stop finishes what it is at', async () => {
    let release = (): void => {};
    const gate = new Promise<void>(resolve => (release = resolve));
    const slow: typeof someServices = {
      scaled: async () => ({ prepare: async () => async task => (await gate, task) }),
    };
    const one = await worker({ threads: 1, makePool: () => inProcessPool(slow, nodeRuntime) });
    const job = begin(await pool());
    const first = job.run(1);
    await until(() => one.state().busy === 1);
    job.run(2).catch(() => {});
    const drained = one.drain();
    release();
    expect(await first).toBe(1);
    await drained;
    expect(one.state()).toMatchObject({ busy: 0, done: 1 });
  });

  describe('a worker that is told to stop does not wait for a Redis', () => {
    const leaving = async (name: string) => {
      mkdirSync(folder.path(name));
      const its = await RedisServer.start({ folder: folder.path(name) });
      open.push(() => its.stop('SIGKILL'));
      return { its, one: await worker({ queue: its.url, silence: 400 }) };
    };
    const quickly = async (ending: Promise<void>) => {
      const begun = performance.now();
      await ending;
      expect(performance.now() - begun).toBeLessThan(5000);
    };

    test('that is gone', async () => {
      const { its, one } = await leaving('gone');
      await its.stop('SIGKILL');
      await quickly(one.drain());
    });

    test('that goes at the same time', async () => {
      const { its, one } = await leaving('going');
      const ending = one.drain();
      await its.stop('SIGKILL');
      await quickly(ending);
    });

    test('that went a while ago', async () => {
      const { its, one } = await leaving('went');
      await its.stop('SIGKILL');
      await sleep(500);
      await quickly(one.drain());
    });

    test('that does not answer any more', async () => {
      const { its, one } = await leaving('silent');
      its.suspend();
      await quickly(one.drain());
    });

    test('of which a connection is not answered', async () => {
      const { its } = await leaving('half');
      let connections = 0;
      const half = createServer(socket => {
        open.push(async () => void socket.destroy());
        socket.on('error', () => {});
        if (++connections === 1) socket.pipe(connect(its.port, '127.0.0.1')).pipe(socket);
      });
      await new Promise<void>(resolve => half.listen(0, '127.0.0.1', resolve));
      open.push(async () => void half.close());
      const { port } = half.address() as AddressInfo;
      const one = await worker({ queue: `redis://127.0.0.1:${port}`, patience: 1000 });
      await quickly(one.drain());
    });
  });
});

withRedis('a connection to Redis', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  test('takes the password from the environment, and says where it lacks or is wrong', async () => {
    const redis = await RedisServer.start({
      folder: folder.path(),
      args: ['--requirepass', 'secret'],
    });
    try {
      const none = connectRedis({ queue: redis.url, environment: {} });
      await expect(none).rejects.toThrow(/^Redis at .*: it wants a password; set REDIS_PASSWORD/);
      const wrong = connectRedis({ queue: redis.url, environment: { REDIS_PASSWORD: 'secre' } });
      await expect(wrong).rejects.toThrow('it refuses the user or password');
      await expect(wrong).rejects.not.toThrow('secre ');
      const connection = await connectRedis({
        queue: redis.url,
        environment: { REDIS_PASSWORD: 'secret' },
      });
      expect(await connection.ping()).toBe('PONG');
      connection.disconnect();
    } finally {
      await redis.stop();
    }
  });

  test('says where nobody listens', async () => {
    await expect(connectRedis({ queue: 'redis://127.0.0.1:1' })).rejects.toThrow(
      'Redis at redis://127.0.0.1:1: nobody listens there; start redis-server, or correct `queue`',
    );
    await expect(connectRedis({ queue: 'redis://no-such-machine.invalid' })).rejects.toThrow(
      'there is no machine of that name',
    );
  });
});
