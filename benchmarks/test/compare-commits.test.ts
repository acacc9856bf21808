import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareCommits } from '../compare/compare-commits.ts';
import { differencesOf, findCommit, requireClean } from '../compare/find-commit.ts';
import { measurement } from './measurement.ts';

/**
 * A repository of one package, installed as npm does it, whose benchmark takes as long as the package says. Everything it does is noted in
 * the file beside it.
 */
const scratch = mkdtempSync(join(tmpdir(), 'nads-bench-commits-'));
const origin = join(scratch, 'repository');
const notes = join(scratch, 'notes');
const temporary = join(scratch, 'temporary');
const { signal } = new AbortController();
const selection = [{ name: 'margin', only: 'lenet' }];
const quiet = { origin, temporary, selection, signal, log: () => {} };

const git = (...words: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...words], {
    cwd: origin,
    encoding: 'utf8',
  }).trim();

const write = (file: string, text: string): void => writeFileSync(join(origin, file), text);

function commit(seconds: number | string, build = 'node -e 0'): string {
  write('packages/own/index.cjs', `module.exports = ${seconds};`);
  write('package.json', JSON.stringify({ scripts: { build, bench: 'node bench.cjs' } }));
  git('add', '.');
  git('commit', '--quiet', '-m', 'a commit');
  return git('rev-parse', 'HEAD');
}

const bench = `
const seconds = require('@test/own');
const { note } = require('other');
const [name, ...options] = process.argv.slice(2);
note([seconds, process.env.NADS_BENCH_PEERS, ...options].join(' '));
const results = [{ name, ours_seconds: seconds, peer_seconds: null, ratio: null }];
const { benchmark, ...rest } = ${JSON.stringify(measurement())}; // as older commits print it
console.log(JSON.stringify({ ...rest, results }));
`;

beforeAll(() => {
  for (const folder of ['packages/own', 'node_modules/@test', 'node_modules/other'])
    mkdirSync(join(origin, folder), { recursive: true });
  mkdirSync(temporary);
  git('init', '--quiet');
  symlinkSync('../../packages/own', join(origin, 'node_modules/@test/own'));
  write(
    'node_modules/other/index.js',
    `exports.note = line => require('node:fs').appendFileSync(${JSON.stringify(notes)}, line + '\\n');`,
  );
  write('packages/own/package.json', '{ "name": "@test/own", "main": "index.cjs" }');
  write('package-lock.json', '{}');
  write('.gitignore', 'node_modules\n');
  write('bench.cjs', bench);
});

afterAll(() => rmSync(scratch, { recursive: true }));

afterEach(() => {
  // whatever happened, nothing is left: neither folders, nor what git knows of them, and what is installed is still there
  expect(readdirSync(temporary)).toEqual([]);
  expect(git('worktree', 'list').split('\n')).toHaveLength(1);
  expect(existsSync(join(origin, 'node_modules/other/index.js'))).toBe(true);
  rmSync(notes, { force: true });
});

test('each commit is measured with its own packages and those that are installed, in turn', async () => {
  const [a, b] = [commit(2), commit(3)];
  const sides = await compareCommits([a, b], { ...quiet, rounds: 2 });
  const seconds = sides.map(side => side.map(({ results }) => results[0].ours_seconds));
  expect(seconds).toEqual([
    [2, 2],
    [3, 3],
  ]);
  expect(sides.flat().map(({ benchmark }) => benchmark)).toEqual(Array(4).fill('margin'));
  const words = (n: number): string => `${n} none --only lenet --json`;
  expect(readFileSync(notes, 'utf8').trim().split('\n')).toEqual([2, 3, 2, 3].map(words));
});

test('a commit that does not build is named', async () => {
  const [a, b] = [commit(2), commit(3, 'exit 4')];
  await expect(compareCommits([a, b], { ...quiet, rounds: 1 })).rejects.toThrow(
    `commit ${b.slice(0, 9)}: 'npm run --silent build' ended with 4`,
  );
});

test('an interruption ends the build', async () => {
  const building = join(scratch, 'building');
  const slow = `node -e "require('fs').writeFileSync('${building}', ''); setInterval(() => 0, 1000)"`;
  const [a, b] = [commit(2, slow), commit(3)];
  const controller = new AbortController();
  const running = compareCommits([a, b], { ...quiet, rounds: 1, signal: controller.signal });
  const ended = expect(running).rejects.toThrow('enough');
  while (!existsSync(building)) await new Promise(resolve => setTimeout(resolve, 20));
  controller.abort(new Error('enough'));
  await ended;
});

test('a name of no commit is named', () => {
  expect(findCommit(origin, 'HEAD')).toBe(git('rev-parse', 'HEAD'));
  expect(() => findCommit(origin, 'nope')).toThrow(/^there is no commit 'nope', and no folder/);
});

test('changed files are not measured unseen', () => {
  commit(2);
  expect(() => requireClean(origin)).not.toThrow();
  write('bench.cjs', `${bench}\n`);
  expect(() => requireClean(origin)).toThrow(/\(M bench\.cjs\).*commit or stash it first$/);
  git('checkout', '--quiet', '.');
});

test('other benchmarks and other installed packages are said', () => {
  mkdirSync(join(origin, 'benchmarks'), { recursive: true });
  write('benchmarks/run.ts', '1');
  const a = commit(2);
  write('benchmarks/run.ts', '2');
  write('package-lock.json', '{ "version": 2 }');
  const b = commit(3);
  expect(differencesOf(origin, a, b)).toEqual([
    'the benchmarks themselves differ between the two: so may what they measure',
    `${a.slice(0, 9)} has another package-lock.json: it runs with the packages that are installed here`,
  ]);
  expect(differencesOf(origin, b, b)).toEqual([]);
});
