import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { writeModel } from '@nads/onnx';
import { network } from './make-model.js';
import { done, start, temporaryFolder, type Run } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const model = folder.path('m.onnx');
beforeAll(() => writeFileSync(model, writeModel(network())));

const many = (out: string): string[] => ['estimate', model, '-n', '100000', '-o', folder.path(out)];

/** A run that has drawn some networks. */
async function underWay(out: string): Promise<Run> {
  const run = start(many(out));
  await run.said('memory');
  await new Promise(resolve => setTimeout(resolve, 1000));
  return run;
}

const networks = (out: string): number =>
  JSON.parse(readFileSync(folder.path(out, 'nads.json'), 'utf8')).networks;

test('what was done is saved before anything is said of it', async () => {
  const run = await underWay('said');
  run.kill('SIGINT');
  await run.said('interrupted after');
  expect(networks('said')).toBeGreaterThan(0);
  run.kill('SIGKILL');
  await run.outcome;
});

test('a second Ctrl-C does not come between', async () => {
  const run = await underWay('twice');
  run.kill('SIGINT');
  await new Promise(resolve => setTimeout(resolve, 10));
  run.kill('SIGINT');
  const { code, stderr } = await run.outcome;
  expect(code).toBe(130);
  expect(stderr).toMatch(/interrupted after \d+ network/);
  expect(networks('twice')).toBeGreaterThan(0);
});

test('the loss of the terminal is an orderly end too', async () => {
  const run = await underWay('hangup');
  run.kill('SIGHUP');
  expect((await run.outcome).code).toBe(129);
  expect(networks('hangup')).toBeGreaterThan(0);
  expect(existsSync(folder.path('hangup', 'nads.lock'))).toBe(false);
});

test('what was done in the last seconds survives what nobody can catch', async () => {
  const run = await underWay('killed');
  await new Promise(resolve => setTimeout(resolve, 5500));
  run.kill('SIGKILL');
  await run.outcome;
  expect(existsSync(folder.path('killed', 'tally.npz'))).toBe(true);
  const { stderr } = await done(
    'estimate',
    model,
    '-n',
    '1',
    '--resume',
    '-o',
    folder.path('killed'),
  );
  expect(Number(/(\d+) network\(s\) in/.exec(stderr)![1])).toBeGreaterThan(1);
});

test('what has nothing to save ends at once, even while a network runs', async () => {
  const images = folder.path('set.npz');
  await done('synth', '--basis', 'dct', '--index', '1', '--count', '512', '-o', images);
  const data = ['--data', images, '--batch', '512'];
  const run = start(['score', 'densenet121-1x32x32', ...data, '--weights', 'fresh', '-q']);
  await new Promise(resolve => setTimeout(resolve, 2000));
  const asked = performance.now();
  run.kill('SIGTERM');
  const { code, stderr } = await run.outcome;
  expect({ code, stderr }).toEqual({ code: 143, stderr: '' });
  expect(performance.now() - asked).toBeLessThan(1000);
});
