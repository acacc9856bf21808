import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { QueueWorker } from '@nads/queue';
import { redisPath, RedisServer, withoutRedis } from '@nads/testing/redis';
import { serveMetrics } from '../src/queue/serve-metrics.js';
import { complaint, done, model, start, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const estimate = ['estimate', model('lenet'), '--networks', '3', '--basis', 'dct:8', '--quiet'];
const small = ['--size', '8', '--train', '256', '--test', '256', '--epochs', '2', '--sigma', '0.5'];
const sweep = [
  'sweep',
  'logreg',
  '--basis',
  'fourier:4',
  '--indices',
  '0:0-1:3',
  '--quiet',
  ...small,
];

const margins = ['margin', model('lenet'), '--block', '64', '--images', '20', '--quiet'];

const search = [
  'search',
  '--method',
  'random',
  '--score',
  'naswot',
  '--score-batch',
  '8',
  '--budget',
  '3',
  '--quiet',
];

/** Files but for the journal, whose lines are in the order in which they came. */
const bytesIn = (out: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder.path(out))
      .filter(name => !name.endsWith('.jsonl'))
      .map(name => [name, readFileSync(folder.path(out, name)).toString('base64')]),
  );

const cells = `cell,accuracy
|nor_conv_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|none~0|none~1|skip_connect~2|,80
|nor_conv_1x1~0|+|nor_conv_1x1~0|skip_connect~1|+|none~0|none~1|skip_connect~2|,70
|nor_conv_3x3~0|+|avg_pool_3x3~0|skip_connect~1|+|none~0|none~1|skip_connect~2|,75
`;

const withRedis = redisPath ? describe : describe.skip;
if (!redisPath) console.warn(`queue.test.ts: ${withoutRedis}`);

withRedis('with workers', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    mkdirSync(folder.path('redis'));
    redis = await RedisServer.start({ folder: folder.path('redis') });
  });
  afterAll(() => redis?.stop());

  test('files are those of one process; SIGTERM ends a worker in an orderly way', async () => {
    const place = ['--queue', redis.url, '--store', folder.path('store')];
    const worker = start(['worker', ...place, '--workers', '2', '--name', 'one']);
    await worker.said('worker one, 2 thread(s), nads 0.1.0 (build ');
    const images = ['--data', folder.path('set.npz')];
    const set = ['--basis', 'fourier:16', '--index', '9:7', '--count', '20', '--quiet'];
    await done('synth', ...set, '--out', images[1]);
    const accuracies = ['--accuracies', folder.path('cells.csv'), '--column', 'accuracy'];
    writeFileSync(accuracies[1], cells);
    const studies = {
      estimate,
      sweep,
      margins: [...margins, ...images],
      search: [...search, ...images, ...accuracies],
    };
    for (const [name, study] of Object.entries(studies)) {
      const threads = study === estimate || study === sweep ? ['--workers', '1'] : [];
      await done(...study, ...threads, '--out', folder.path(`${name}-threads`));
      const { stderr } = await done(...study, ...place, '--out', folder.path(`${name}-queue`));
      expect(stderr).toBe('');
      expect(bytesIn(`${name}-queue`)).toEqual(bytesIn(`${name}-threads`));
    }
    const { stdout } = await done('queue', 'status', '--queue', redis.url, '--json');
    const { workers, tasks } = JSON.parse(stdout) as Record<string, object[]>;
    expect(workers).toMatchObject([{ name: 'one', threads: 2, failed: 0 }]);
    expect(tasks).toMatchObject([{ waiting: 0, active: 0, delayed: 0, aside: 0 }]);
    worker.kill('SIGTERM');
    const { code, stderr } = await worker.outcome;
    expect(code).toBe(0);
    expect(stderr).toContain('networks-along {"direction":"…","seed":0}: ');
    expect((await done('queue', '--queue', redis.url)).stdout).toContain('no workers');
  });

  test('an experiment is run by workers, and is up to date without them', async () => {
    mkdirSync(folder.path('experiment'));
    const options = { networks: 3, basis: 'dct:8', workers: 1 };
    const stages = { estimate: { run: 'estimate', arguments: [model('lenet')], options } };
    writeFileSync(folder.path('experiment', 'experiment.json'), JSON.stringify({ stages }));
    const place = ['--queue', redis.url, '--store', folder.path('store-run')];
    const worker = start(['worker', ...place, '--workers', '1']);
    await worker.said('worker ');
    const run = ['run', folder.path('experiment')];
    expect((await done(...run, ...place)).stdout).toMatch(/^estimate: done/);
    worker.kill('SIGTERM');
    expect((await worker.outcome).stderr).toContain('contributions');
    expect((await done(...run)).stdout).toBe('estimate: up to date\n');
  });

  test('a study without workers says so, and takes its tasks out when it is stopped', async () => {
    const place = ['--queue', redis.url, '--store', folder.path('nobody')];
    const run = start([...estimate, ...place, '--out', folder.path('stopped')]);
    await run.said('no worker is there; start some with `nads worker`');
    run.kill('SIGINT');
    expect((await run.outcome).code).toBe(130);
    const { stdout } = await done('queue', 'status', '--queue', redis.url);
    expect(stdout).toMatch(/^0 waiting, 0 worked on, 0 to be tried again, 0 set aside; for nads 0/);
    expect((await done('queue', 'drain', '--queue', redis.url)).stdout).toBe(
      '0 task(s) taken out\n',
    );
    expect((await done('queue', 'retry', '--queue', redis.url)).stdout).toContain('0 task(s)');
  });

  test('a worker that has nothing to do ends where --idle says so, and logs JSON', async () => {
    const place = ['--queue', redis.url, '--store', folder.path('idle')];
    const { stderr } = await done('worker', ...place, '--idle', '0.2', '--log', 'json');
    const lines = stderr
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as { event: string });
    expect(lines.map(({ event }) => event)).toEqual(['started', 'ending', 'ended']);
  });

  test('a worker says where its metrics are', async () => {
    const place = ['worker', '--queue', redis.url, '--store', folder.path('metrics')];
    const worker = start([...place, '--workers', '3', '--metrics', '0']);
    await worker.said('metrics at http://127.0.0.1:');
    const status = await done('queue', 'status', '--queue', redis.url);
    expect(status.stdout).toContain('0 of 3 thread(s) busy, 0 done, 0 failed');
    worker.kill('SIGINT');
    expect((await worker.outcome).code).toBe(0);
  });
});

test('metrics are in the format of Prometheus; a port that is taken is named', async () => {
  const state = { threads: 4, busy: 3, done: 10, failed: 1, seconds: 2.5, trouble: 'a full disk' };
  const worker = { state: () => state } as unknown as QueueWorker;
  const server = await serveMetrics(worker, { host: '127.0.0.1', port: 0 });
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect(answer.headers.get('content-type')).toContain('version=0.0.4');
  const lines = (await answer.text()).trimEnd().split('\n');
  expect(lines.slice(0, 3)).toEqual([
    '# HELP nads_worker_threads Tasks that it does at a time.',
    '# TYPE nads_worker_threads gauge',
    'nads_worker_threads 4',
  ]);
  expect(lines).toEqual(
    expect.arrayContaining([
      'nads_worker_tasks_done_total 10',
      'nads_worker_task_seconds_total 2.5',
      'nads_worker_in_trouble 1',
    ]),
  );
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
  await expect(serveMetrics(worker, { host: '127.0.0.1', port })).rejects.toThrow(
    `\`metrics\`: port ${port} is taken`,
  );
  server.closeAllConnections();
  server.close();
});

describe('wrong usage', () => {
  test.each([
    [
      ['--queue', 'redis://127.0.0.1:1'],
      /^--queue: give --store, the folder that its workers share$/,
    ],
    [['--store', 's'], /^--store: it is for workers; give --queue, too$/],
    [
      ['--queue', 'redis://x', '--store', 's', '--workers', '2'],
      /^--workers has no effect with --queue/,
    ],
    [['--queue', 'http://x', '--store', 's'], /^--queue: expected redis:\/\/HOST:PORT/],
    [
      ['--queue', 'redis://127.0.0.1:1', '--store', 's'],
      /^Redis at redis:\/\/127.0.0.1:1: nobody listens there; start redis-server, or correct --queue$/,
    ],
    [
      ['--queue', 'redis://x', '--store', 's', '--probe', 'mixed'],
      /^--queue has no effect with --probe mixed/,
    ],
  ])('%j', async (args, message) => {
    expect(await complaint(...estimate, ...args, '--out', folder.path('never'))).toMatch(message);
  });

  test('a password in a URL is not repeated', async () => {
    const said = await complaint('worker', '--queue', 'redis://:secret@host', '--store', 's');
    expect(said).toMatch(
      /^--queue: the URL holds a user or password.*set REDIS_USERNAME and REDIS/,
    );
    expect(said).not.toContain('secret');
  });
});
