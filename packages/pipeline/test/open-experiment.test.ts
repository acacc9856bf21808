import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@nads/testing';
import { openExperiment } from '../src/node/open-experiment.js';

const before = process.cwd();
const folder = temporaryFolder();

beforeAll(() => {
  mkdirSync(folder.path('experiments/mine'), { recursive: true });
  writeFileSync(folder.path('experiments/mine/experiment.json'), '{"stages":{"a":{"run":"b"}}}');
  process.chdir(folder.path());
});
afterAll(() => {
  process.chdir(before);
  folder.remove();
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
  rmdirSync('mine');
  expect(() => openExperiment('other')).toThrow(/^other: not found/);
});
