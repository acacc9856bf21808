import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { encodeNpz } from '@nads/dataset';
import { Random } from '@nads/linalg';
import { temporaryFolder } from './run-nads.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const all = join(root, 'experiments');
const names = readdirSync(all).filter(name => existsSync(join(all, name, 'experiment.json')));

const folder = temporaryFolder();
afterAll(folder.remove);

beforeAll(() => {
  cpSync(all, folder.path('experiments'), {
    recursive: true,
    filter: source => !source.startsWith(all) || !source.slice(all.length).includes('/out'),
  });
  symlinkSync(join(root, 'node_modules'), folder.path('node_modules'));
  writeFileSync(folder.path('package.json'), '{ "type": "module" }');
  mkdirSync(folder.path('data'));
  writeNoise('cifar.npz', [3, 32, 32]);
  writeNoise('mnist.npz', [1, 28, 28]);
});

const count = 80;
const classes = 10;

/** Noise with labels, in place of a data set. */
function writeNoise(name: string, shape: readonly number[]): void {
  const images = new Float32Array(count * shape.reduce((a, b) => a * b));
  new Random(name).fillUniform(images, 0, 1);
  const labels = Int32Array.from({ length: count }, (_, i) => i % classes);
  const arrays = {
    images: { dtype: 'float32', shape: [count, ...shape], data: images },
    labels: { dtype: 'int32', shape: [count], data: labels },
  } as const;
  writeFileSync(folder.path('data', name), encodeNpz(arrays));
}

/** As `npm run experiment -- …`, on Node 20 too. */
const experiment = (...args: readonly string[]) =>
  promisify(execFile)(
    process.execPath,
    ['--import', './tools/typescript/register.mjs', 'packages/cli/bin/nads.js', 'run', ...args],
    { cwd: root },
  );

test.each(names)('all stages of %s are as commands and scripts take them', async name => {
  const { stdout } = await experiment(join('experiments', name), '--dry-run');
  expect(stdout).toMatch(/^[a-z].*: (?:nads|node) /);
});

/** Stages as an experiment's file has them. */
interface Settings {
  options?: Record<string, string | number | boolean>;
  each?: Record<string, (string | number)[]>;
}

/** What makes stages short, where they have such options. */
const short: Settings['options'] = {
  epochs: 1,
  networks: 1,
  count: 40,
  train: 32,
  test: 32,
  images: 8,
  each: 4,
  hidden: 8,
};

/** Values that stages of several take; all, where none are named. */
const few: Record<string, (string | number)[]> = {
  seed: [0],
  index: [0],
  directions: ['0-1'],
  architecture: ['lenet', 'cnn', 'nsl-static'],
  pair: ['mnist-58-39'],
};

/** Makes the copy of an experiment small, and runs stages and what they need. @returns a reader of results */
async function tiny(name: string, stages: readonly string[], changes: Settings['options'] = {}) {
  const own = folder.path('experiments', name);
  const file = join(own, 'experiment.json');
  const text = readFileSync(file, 'utf8').replaceAll(
    /(cifar|mnist)(?:10)?(?:-train)?:\.\.\/\.\.\/data/g,
    '../../data/$1.npz',
  );
  const settings = JSON.parse(text) as { stages: Record<string, Settings> };
  for (const { options = {}, each = {} } of Object.values(settings.stages)) {
    for (const key of Object.keys(options))
      options[key] = { ...short, ...changes }[key] ?? options[key];
    for (const key of Object.keys(each))
      each[key] = each[key].filter(value => few[key]?.includes(value) ?? true);
  }
  writeFileSync(file, JSON.stringify(settings));
  await experiment(own, '--jobs', '2', '--stage', ...stages);
  return (path: string) => readFileSync(join(own, 'out', path), 'utf8');
}

const lines = (table: string): string[] => table.trimEnd().split('\n');

test('lenet compares what is learnt with published tables, where these are there', async () => {
  const published = folder.path('data/published');
  mkdirSync(published);
  writeFileSync(join(published, 'nad_accuracies.csv'), 'index,LeNet\n0,90\n');
  writeFileSync(join(published, 'dft_accuracies.csv'), 'x,y,LeNet\n9,7,70\n');
  const read = await tiny('lenet', ['published'], { indices: '0' });
  const rows = lines(read('published/accuracies.csv'));
  expect(rows[1]).toMatch(/^nads,0,\d.*,90$/);
  expect(read('published/lenet.svg')).toMatch(/published/);
});

test('flip and poison have a line for each network', async () => {
  const flipped = await tiny('flip', ['table']);
  expect(lines(flipped('table/results.csv')).map(line => line.split(',')[0])).toEqual([
    'images',
    'clean',
    'flipped',
  ]);
  const poisoned = await tiny('poison', ['table']);
  const rows = lines(poisoned('table/results.csv')).slice(1);
  expect(rows.map(line => line.split(',').slice(0, 4).join())).toEqual([
    'clean,lenet,,0',
    'poisoned,lenet,0,0',
    'without,lenet,0,0',
  ]);
}, 180_000);

test('margins are drawn side by side', async () => {
  const read = await tiny('margins', ['report'], { block: 512, images: 2 });
  expect(read('report/report.html')).toMatch(/margins/);
}, 180_000);

test('similarity compares NADs, and what is learnt along them and of images', async () => {
  const read = await tiny('similarity', ['overlaps', 'along', 'learning'], { indices: '0' });
  expect(lines(read('overlaps/overlaps.csv'))[1]).toMatch(/^cnn,nsl-static,[01]/);
  expect(
    lines(read('along/along.csv'))
      .slice(1)
      .map(line => line.split(',').slice(0, 2).join()),
  ).toContain('nsl-static,cnn');
  expect(
    lines(read('learning/accuracies.csv')).map(line => line.split(',').slice(0, 2).join()),
  ).toEqual([
    'set,architecture',
    'mnist,cnn',
    'mnist,nsl-static',
    'cifar10,cnn',
    'cifar10,nsl-static',
  ]);
}, 180_000);

test('elasticity has a line for each network', async () => {
  const read = await tiny('elasticity', ['table']);
  const rows = lines(read('table/results.csv')).slice(1);
  expect(rows.map(line => line.split(',').slice(0, 3).join())).toEqual([
    'mnist-58-39,relu,0',
    'mnist-58-39,linear,0',
  ]);
}, 180_000);
