import type { Answer, Order, WorkerEvents } from '../src/workers/orders.js';
import { serveOrders } from '../src/workers/serve-orders.js';
import { WorkerPool } from '../src/workers/worker-pool.js';

/** A pool of workers that answer when they are told to. */
function watchedPool(size: number) {
  const workers: { readonly tasks: unknown[]; readonly events: WorkerEvents }[] = [];
  const pool = new WorkerPool(size, events => {
    const tasks: unknown[] = [];
    workers.push({ tasks, events });
    const send = (order: Order): void =>
      void (typeof order === 'object' && 'task' in order && tasks.push(order.task));
    return { send, close: async () => {} };
  });
  return { pool, workers, tasks: () => workers.map(({ tasks }) => tasks) };
}

const done = (seconds: number): Answer => ({ result: 0, seconds });

test('tasks that were quick are handed out one ahead, so that no worker waits for a thread that is busy', () => {
  const { pool, workers, tasks } = watchedPool(2);
  const job = pool.begin('any', null);
  for (let task = 0; task < 7; task++) void job.run(task);
  expect(tasks()).toEqual([[0], [1]]);
  workers[1].events.onAnswer(done(0.5));
  expect(tasks()).toEqual([
    [0, 3],
    [1, 2, 4],
  ]);
});

test('a task that took long is followed when it is done: another worker may be free before', () => {
  const { pool, workers, tasks } = watchedPool(2);
  const job = pool.begin('any', null);
  for (let task = 0; task < 7; task++) void job.run(task);
  workers[1].events.onAnswer(done(5));
  expect(tasks()).toEqual([[0], [1, 2]]);
});

test('a worker does its tasks one after the other, and none once the job is over', async () => {
  const log: string[] = [];
  const answers: Answer[] = [];
  const services = {
    note: async () => ({
      prepare: async () => async (task: unknown) => {
        log.push(`begin ${String(task)}`);
        await new Promise(resolve => setTimeout(resolve, 5));
        log.push(`end ${String(task)}`);
      },
    }),
  };
  const take = serveOrders(services, {} as never, {
    send: answer => void answers.push(answer),
    close: () => {},
  });
  const over = new Int32Array(1);
  take({ name: 'note', setup: null, over });
  for (const task of [1, 2, 3]) take({ task });
  while (answers.length < 2) await new Promise(resolve => setTimeout(resolve, 1));
  over[0] = 1;
  while (answers.length < 3) await new Promise(resolve => setTimeout(resolve, 1));
  expect(log.slice(0, 4)).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);
  expect(answers[0].seconds).toBeGreaterThan(0.001);
});

test('a task that was handed out ahead fails when the job is over', async () => {
  const answers: Answer[] = [];
  const services = { any: async () => ({ prepare: async () => async () => 0 }) };
  const take = serveOrders(services, {} as never, {
    send: answer => void answers.push(answer),
    close: () => {},
  });
  take({ name: 'any', setup: null, over: Int32Array.of(1) });
  take({ task: null });
  while (answers.length < 1) await new Promise(resolve => setTimeout(resolve, 1));
  expect(answers).toMatchObject([{ failure: new Error('the job is over') }]);
});

test('a job may be ended twice while a worker is busy, and takes no tasks meanwhile', async () => {
  const { pool, workers, tasks } = watchedPool(1);
  const job = pool.begin('any', null);
  const first = job.run(1);
  const ends = [job.end(), job.end()];
  await expect(job.run(2)).rejects.toThrow('the job is over');
  workers[0].events.onAnswer(done(1));
  await Promise.all([first, ...ends]);
  expect(tasks()).toEqual([[1]]);
  await pool.begin('next', null).end();
});

test('memory that runs out in a worker is told as such, and what is thrown without an error by its text', async () => {
  const answers: Answer[] = [];
  const thrown: unknown[] = [
    new RangeError('Array buffer allocation failed'),
    'no words',
    { message: 'plain' },
    Object.create(null),
  ];
  const services = {
    any: async () => ({ prepare: async () => async () => Promise.reject(thrown.shift()) }),
  };
  const take = serveOrders(services, {} as never, {
    send: answer => void answers.push(structuredClone(answer)),
    close: () => {},
  });
  take({ name: 'any', setup: null, over: new Int32Array(1) });
  for (const task of [1, 2, 3, 4]) take({ task });
  while (answers.length < 4) await new Promise(resolve => setTimeout(resolve, 1));
  expect(answers.map(answer => 'failure' in answer && String(answer.failure))).toEqual([
    'RangeError: Array buffer allocation failed',
    'Error: no words',
    'Error: plain',
    'Error: a task threw something that has no text',
  ]);
});

test('what cannot be sent fails by itself, and the pool goes on', async () => {
  const sent: unknown[] = [];
  const events: WorkerEvents[] = [];
  const pool = new WorkerPool(1, given => {
    events.push(given);
    return { send: order => void sent.push(structuredClone(order)), close: async () => {} };
  });
  expect(() => pool.begin('any', () => 0)).toThrow(/could not be cloned/);
  const job = pool.begin('any', null);
  await expect(job.run(() => 0)).rejects.toThrow(/could not be cloned/);
  const next = job.run(7);
  events[0].onAnswer(done(1));
  await next;
  await job.end();
  expect(sent).toContainEqual({ task: 7 });
});
