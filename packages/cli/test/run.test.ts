import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@nads/testing';
import { experimentSchema } from '../src/pipeline/experiment-schema.js';
import { nadsProgram } from '../src/program.js';
import { nads, start } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

/** A folder with an experiment. */
function experiment(name: string, stages: object): string {
  const root = folder.path(name);
  mkdirSync(root);
  writeFileSync(join(root, 'experiment.json'), JSON.stringify({ stages }));
  return root;
}

const small = {
  set: { run: 'synth', options: { basis: 'fourier:16', index: '9:7', count: 40 }, file: 'set.npz' },
  scores: {
    run: 'score',
    arguments: ['lenet'],
    options: { data: '{set}/set.npz', batch: 16 },
  },
  table: { script: 'table.mjs', arguments: ['{scores}/result.json'], options: { digits: 2 } },
};

const table = `
import { readFileSync, writeFileSync } from 'node:fs';
const [digits, out, file] = process.argv.slice(2);
const folder = out.slice('--out='.length);
writeFileSync(folder + '/table.txt', digits + ' ' + Object.keys(JSON.parse(readFileSync(file))).length);
`;

test('an experiment runs, is up to date, and runs again what its changes concern', async () => {
  const root = experiment('small', small);
  writeFileSync(join(root, 'table.mjs'), table);
  const first = await nads('run', root);
  expect(first).toMatchObject({ code: 0 });
  expect(first.stdout).toMatch(/^set: done in .*\nscores: done in .*\ntable: done in .*\n$/);
  expect(JSON.parse(readFileSync(join(root, 'out/scores/result.json'), 'utf8'))).toBeTruthy();
  expect(readFileSync(join(root, 'out/table/table.txt'), 'utf8')).toMatch(/^--digits=2 /);
  const second = await nads('run', root, '--json');
  const outcomes = JSON.parse(second.stdout) as { outcome: string }[];
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array(3).fill('up to date'));
  writeFileSync(join(root, 'table.mjs'), `${table}// as before`);
  const third = await nads('run', root);
  expect(third.stdout).toMatch(/^set: up to date\nscores: up to date\ntable: done in .*\n$/);
});

test('with --queue, workers do the tasks of stages that have some', async () => {
  const options = { networks: 3, workers: 2 };
  const root = experiment('queued', {
    estimate: { run: 'estimate', arguments: ['lenet'], options },
    mixed: { run: 'estimate', arguments: ['lenet'], options: { probe: 'mixed' } },
    compare: { run: 'compare', arguments: ['{estimate}', '{mixed}'] },
  });
  const place = ['--queue', 'redis://queue:6379', '--store', 's3://nads'];
  const { stdout } = await nads('run', root, '--dry-run', ...place);
  expect(stdout.split('\n')).toEqual([
    'estimate: nads estimate --networks=3 --queue=redis://queue:6379 --store=s3://nads --out out/estimate lenet',
    'mixed: nads estimate --probe=mixed --out out/mixed lenet',
    'compare: nads compare --json out/estimate out/mixed',
    '',
  ]);
  const lone = await nads('run', root, '--dry-run', '--queue', 'redis://queue:6379');
  expect(lone).toMatchObject({ code: 2 });
  expect(lone.stderr).toContain('--queue: give --store, the folder that its workers share');
  const inside = experiment('inside', {
    one: { run: 'estimate', arguments: ['lenet'], options: { queue: 'redis://queue' } },
  });
  expect((await nads('run', inside, '--dry-run')).stderr).toContain(
    "stage 'one': option 'queue' is the same for all stages; give it to nads run",
  );
});

test('--dry-run lists what would be typed', async () => {
  const root = experiment('dry', small);
  writeFileSync(join(root, 'table.mjs'), table);
  const { code, stdout } = await nads('run', root, '--dry-run');
  expect(code).toBe(0);
  expect(stdout.split('\n')).toEqual([
    'set: nads synth --basis=fourier:16 --index=9:7 --count=40 --out out/set/set.npz',
    'scores: nads score --data=out/set/set.npz --batch=16 --json lenet',
    'table: node table.mjs --digits=2 --out=out/table out/scores/result.json',
    '',
  ]);
  expect(existsSync(join(root, 'out'))).toBe(false);
});

test.each([
  ['an unknown command', { a: { run: 'estimat' } }, "stage 'a': nads has no command 'estimat'"],
  ['a command that runs stages', { a: { run: 'run' } }, "nads has no command 'run' for a stage"],
  [
    'an unknown option',
    { a: { run: 'estimate', arguments: ['lenet'], options: { network: 3 } } },
    "has no option 'network'",
  ],
  [
    'a bad value',
    { a: { run: 'estimate', arguments: ['lenet'], options: { networks: -3 } } },
    "option 'networks', -3:",
  ],
  [
    'where results go',
    { a: { run: 'estimate', arguments: ['lenet'], options: { out: 'x' } } },
    "option 'out' follows from the stage",
  ],
  ['a missing model', { a: { run: 'estimate' } }, 'argument <model> of nads estimate is missing'],
  [
    'a missing option',
    { a: { run: 'sweep', arguments: ['lenet'] } },
    "option 'basis' of nads sweep is missing",
  ],
  ['no file', { a: { run: 'synth', options: { basis: 'dct', index: 0 } } }, "name it with 'file'"],
  [
    'a script that is not there',
    { a: { script: 'table.mjs' } },
    "stage 'a': table.mjs is not there",
  ],
  ['nothing to keep', { a: { run: 'completion', arguments: ['bash'] } }, 'has no result to keep'],
])('%s in a stage is refused before anything runs', async (name, stages, message) => {
  const root = experiment(`bad ${name}`, { first: small.set, ...stages });
  const { code, stderr } = await nads('run', root);
  expect(stderr).toContain(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(code).toBe(2);
  expect(existsSync(join(root, 'out'))).toBe(false);
});

test('a failed stage is named, with what waits for it, and the exit code is 1', async () => {
  const root = experiment('failing', {
    ...small,
    scores: { ...small.scores, options: { ...small.scores.options, batch: 4000 } },
    other: { ...small.set, options: { ...small.set.options, seed: 3 } },
  });
  writeFileSync(join(root, 'table.mjs'), table);
  const { code, stdout, stderr } = await nads('run', root);
  expect(code).toBe(1);
  expect(stderr).toContain("stage 'scores' failed: exit code 2");
  expect(stdout).toContain("table: waiting: it needs 'scores'");
  expect(stdout).toContain('other: done');
});

test('an interrupted stage goes on where it was', async () => {
  const root = experiment('interrupted', {
    sweep: {
      run: 'sweep',
      arguments: ['lenet'],
      options: { basis: 'fourier:16', indices: '0-5', train: 64, test: 32, epochs: 1, workers: 1 },
    },
  });
  const run = start(['run', root]);
  const journal = join(root, 'out/sweep/journal.jsonl');
  while (!existsSync(journal) || statSync(journal).size === 0)
    await new Promise(resolve => setTimeout(resolve, 20));
  run.kill('SIGINT');
  const { code, stderr } = await run.outcome;
  expect(code).toBe(130);
  expect(stderr).toContain('interrupted; the same command goes on');
  const begun = readFileSync(journal, 'utf8');
  const whole = await nads('run', root);
  expect(whole).toMatchObject({ code: 0 });
  expect(
    readFileSync(journal, 'utf8').startsWith(begun.slice(0, begun.lastIndexOf('\n') + 1)),
  ).toBe(true);
});

test('nads new experiment begins one that can run, and leaves one that is there', async () => {
  const root = folder.path('new');
  mkdirSync(join(root, 'experiments'), { recursive: true });
  const begin = start(['new', 'experiment', 'mine'], {}, root);
  expect(await begin.outcome).toMatchObject({ code: 0 });
  const file = join(root, 'experiments/mine/experiment.json');
  const { $schema } = JSON.parse(readFileSync(file, 'utf8')) as { $schema: string };
  expect(existsSync(join(root, 'experiments/mine', $schema))).toBe(true);
  const listed = await nads('run', file, '--dry-run');
  expect(listed).toMatchObject({ code: 0 });
  const again = await start(['new', 'experiment', 'mine'], {}, root).outcome;
  expect(again.code).toBe(2);
  expect(again.stderr).toContain('experiment.json');
});

test('the JSON Schema is what the commands have (npm run schema -w @nads/cli)', () => {
  const file = new URL('../schemas/experiment.schema.json', import.meta.url);
  const schema = JSON.parse(readFileSync(file, 'utf8')) as unknown;
  expect(schema).toEqual(JSON.parse(JSON.stringify(experimentSchema(nadsProgram()))));
});
