import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { encodeAtlas, gatherAtlas } from '@nads/study';
import { FolderStore, readNads } from '@nads/study/node';
import { complaint, done, model, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);
const [data, lenet] = [folder.path('data'), folder.path('lenet-3')];

const estimate = (name: string, seed: number) =>
  done(
    'estimate',
    model(name),
    '--networks',
    '4',
    '--seed',
    String(seed),
    '--quiet',
    '--out',
    folder.path(`${name}-${seed}`),
  );

/** An atlas of two models. */
beforeAll(async () => {
  const names = ['lenet', 'logistic-regression'];
  for (const name of names) for (const seed of [1, 2]) await estimate(name, seed);
  await estimate('lenet', 3);
  const members = names.map(name => ({
    architecture: {
      name,
      group: 'native' as const,
      family: 'small',
      title: name.toUpperCase(),
      model: name,
      networks: 4,
      image: '1x32x32',
    },
    read: () => [readNads(folder.path(`${name}-1`)), readNads(folder.path(`${name}-2`))] as const,
  }));
  await new FolderStore(data).write(encodeAtlas(await gatherAtlas(members)));
});

test('without a model, the members are listed', async () => {
  const { stdout } = await done('atlas', '--data', data);
  expect(stdout).toMatch(/^name +architecture +family +networks +effective rank/);
  expect(stdout).toMatch(/\nlenet +LENET +small +2 × 4 +\d/);
  const { stdout: json } = await done('atlas', '--data', data, '--json');
  expect(JSON.parse(json).members[0].numbers.effective_rank.value).toBeGreaterThan(1);
});

test('a finished estimate of a member has that one as the nearest; one that prefers no direction is beside none', async () => {
  const { stdout } = await done('atlas', lenet, '--data', data, '--json');
  const { byOverlap, bySpectrum, numbers } = JSON.parse(stdout);
  expect(byOverlap[0].members[0].name).toBe('lenet');
  expect(byOverlap[0].members[0].correlation.value).toBeGreaterThan(0.8);
  expect(byOverlap[0].members).toHaveLength(1);
  expect(bySpectrum[0].name).toBe('lenet');
  expect(numbers[0].name).toBe('effective_rank');
});

test('a model is estimated as the members were, and placed; results are kept and not replaced unasked', async () => {
  const out = folder.path('placed');
  const args = [
    'atlas',
    model('lenet'),
    '--data',
    data,
    '--networks',
    '4',
    '--out',
    out,
    '--quiet',
  ];
  const { stdout } = await done(...args);
  expect(stdout).toMatch(/nearest by the leading 10-dimensional subspace .*\n {2}LENET/);
  expect(stdout).toMatch(/flip rows +holds: /);
  expect(JSON.parse(readFileSync(`${out}/placement.json`, 'utf8')).networks).toBe(4);
  expect(existsSync(`${out}/nads.npz`)).toBe(true);
  const { stderr } = await done(...args);
  expect(stderr).toMatch(/nothing to do/);
});

test('where a model prefers no direction, that is said', async () => {
  const few = [model('logistic-regression'), '--networks', '4', '--quiet'];
  const { stdout, stderr } = await done('atlas', ...few, '--data', data);
  expect(stderr).toMatch(/^warning: at k = 10 which member is nearest is not determined/);
  expect(stdout).toContain('  not determined');
});

test.each([
  [['--step', '3'], /--step: the atlas is of step 100, not 3; leave it out/],
  [['--resume'], /--resume has no effect without --out/],
  [
    ['--data', 'nowhere'],
    /nowhere\/atlas\.npz: not there; give a folder with atlas\.npz and atlas\.json/,
  ],
])('%j is refused', async (options, message) => {
  expect(await complaint('atlas', model('lenet'), '--data', data, ...options)).toMatch(message);
});

test('images of another shape are refused before anything is computed, options of estimates where there is none to make', async () => {
  expect(await complaint('atlas', model('vgg11bn-narrow'), '--data', data)).toMatch(
    /its images are 3×32×32, those of the atlas 1×32×32/,
  );
  expect(await complaint('atlas', lenet, '--data', data, '--networks', '3')).toMatch(
    /--networks has no effect with a finished estimate/,
  );
  expect(await complaint('atlas', '--data', data, '--seed', '3')).toMatch(
    /--seed has no effect without a model/,
  );
});

test('a damaged atlas is named', async () => {
  const broken = folder.path('broken');
  await new FolderStore(broken).write([
    ['atlas.npz', readFileSync(`${data}/atlas.npz`)],
    ['atlas.json', '{}'],
  ]);
  expect(await complaint('atlas', '--data', broken)).toMatch(/broken\/atlas\.json: /);
  writeFileSync(`${broken}/atlas.json`, readFileSync(`${data}/atlas.json`));
  writeFileSync(`${broken}/atlas.npz`, 'PK');
  expect(await complaint('atlas', '--data', broken)).toMatch(/broken\/atlas\.npz: /);
});
