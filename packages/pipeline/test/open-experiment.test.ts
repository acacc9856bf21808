import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openExperiment } from '../src/node/open-experiment.js';

const before = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'nads-open-'));

beforeAll(() => {
  mkdirSync(join(folder, 'experiments/mine'), { recursive: true });
  writeFileSync(join(folder, 'experiments/mine/experiment.json'), '{"stages":{"a":{"run":"b"}}}');
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

test.each(['mine', 'experiments/mine', 'experiments/mine/experiment.json'])(
  'an experiment is opened as %s',
  path => {
    const file = join('experiments', 'mine', 'experiment.json');
    expect(openExperiment(path)).toMatchObject({ file, stages: [{ name: 'a' }] });
  },
);

test('what is there comes before what has its name in experiments', () => {
  mkdirSync('mine');
  expect(() => openExperiment('mine')).toThrow('mine/experiment.json: not found');
  rmSync('mine', { recursive: true });
  expect(() => openExperiment('other')).toThrow(/^other: not found/);
});
