import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { execFileSync, spawnSync } from 'node:child_process';
import { temporaryFolder } from '@nads/testing';
import { openResultFolder, type FolderRun } from '../src/node/result-folder.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const run: FolderRun = {
  command: 'estimate',
  settings: { seed: 1 },
  main: 'nads.npz',
  state: 'tally.npz',
};

let folders = 0;
const fresh = (): string => folder.path(`out-${folders++}`);

/** Writes a state and a result. */
async function written(out: string, how: Partial<FolderRun> = {}, finish = true): Promise<void> {
  const opened = openResultFolder(out, { ...run, ...how })!;
  await opened.write([['tally.npz', 'sums']]);
  await opened.write([['nads.npz', `result of ${JSON.stringify(how)}`]]);
  if (finish) await opened.finish();
  opened.close();
}

const contents = (out: string): string => readFileSync(`${out}/nads.npz`, 'utf8');
const recordOf = (out: string) => JSON.parse(readFileSync(`${out}/run.json`, 'utf8'));

test('a folder says what it holds results of, and whether they are all there', async () => {
  const out = fresh();
  await written(out, {}, false);
  expect(recordOf(out)).toMatchObject({ command: 'estimate', settings: { seed: 1 } });
  expect(recordOf(out).finished).toBe(false);
  await written(out, { resume: true });
  expect(recordOf(out)).toMatchObject({ finished: true, files: ['nads.npz'] });
  expect(readdirSync(out)).toEqual(['nads.npz', 'run.json', 'tally.npz']);
});

test('nothing is to do where the result is there, and something where a file of it is not', async () => {
  const out = fresh();
  await written(out);
  expect(openResultFolder(out, run)).toBeUndefined();
  expect(existsSync(`${out}/nads.lock`)).toBe(false);
  writeFileSync(`${out}/run.json`, JSON.stringify({ ...recordOf(out), files: ['gone'] }));
  const opened = openResultFolder(out, run);
  opened!.close();
});

test.each([
  [
    { settings: { seed: 2 } },
    /holds a result of another `seed` \(1, now 2\); choose another `out`/,
  ],
  [
    { settings: { seed: 1, step: 5 } },
    /another `step` \(none, now 5\); choose another `out`, or give `force` to replace it$/,
  ],
  [
    { settings: { seed: 1, networks: 5 }, extensible: ['networks'] },
    /`networks` \(none, now 5\); choose another `out`, or give `resume` to go on from it, or `force`/,
  ],
  [
    { settings: { seed: 2, networks: 5 }, extensible: ['networks'] },
    /another `seed` \(1, now 2\); choose another `out`, or give `force` to replace it$/,
  ],
  [{ command: 'ntk' }, /holds a result of nads estimate; .*, or give `force` to replace it$/],
] as const)('a result of other settings is refused: %j', async (other, message) => {
  const out = fresh();
  await written(out);
  const before = contents(out);
  expect(() => openResultFolder(out, { ...run, ...other })).toThrow(message);
  expect(contents(out)).toBe(before);
  await written(out, { ...other, force: true });
  expect(contents(out)).not.toBe(before);
});

test('what an unfinished run can be continued from is not replaced unasked', async () => {
  const out = fresh();
  await written(out, {}, false);
  expect(() => openResultFolder(out, run)).toThrow(
    /holds an earlier run's tally.npz; choose another `out`, or give `resume` to go on from it, or `force`/,
  );
  writeFileSync(`${out}/so-far.json`, '{}');
  const forced = openResultFolder(out, { ...run, force: true })!;
  expect(await forced.read('so-far.json')).toBeUndefined();
  expect(await forced.read('tally.npz')).toBeUndefined();
  forced.close();
});

test('results without run.json are not replaced unasked', () => {
  const out = fresh();
  mkdirSync(out);
  writeFileSync(`${out}/nads.npz`, 'old');
  expect(() => openResultFolder(out, run)).toThrow(/holds an earlier run's nads.npz/);
});

test('what only the replaced run had written is taken away', async () => {
  const out = fresh();
  const first = openResultFolder(out, run)!;
  await first.write([
    ['nads.npz', 'old'],
    ['more.npz', 'old'],
  ]);
  await first.finish();
  first.close();
  writeFileSync(`${out}/mine`, 'kept');
  await written(out, { settings: {}, force: true });
  expect(readdirSync(out)).toEqual(['mine', 'nads.npz', 'run.json', 'tally.npz']);
});

test('names in run.json lead nowhere else', () => {
  const out = fresh();
  mkdirSync(out);
  const record = { format: 'run', version: 1, command: 'estimate', settings: {}, inputs: [] };
  const hostile = { ...record, finished: true, files: ['../../victim'] };
  writeFileSync(`${out}/run.json`, JSON.stringify(hostile));
  expect(() => openResultFolder(out, { ...run, force: true })).toThrow(
    /run.json: files.0: .*; remove this file to go on$/,
  );
});

test.each(['run.json', 'tally.npz', 'nads.lock'])('a pipe %s does not hang', async name => {
  const out = fresh();
  mkdirSync(out);
  execFileSync('mkfifo', [`${out}/${name}`]);
  const opening = async (): Promise<unknown> => {
    const opened = openResultFolder(out, { ...run, resume: true })!;
    return opened.read('tally.npz').finally(opened.close);
  };
  await expect(opening()).rejects.toThrow(/not a plain file; remove it|another process is writing/);
});

test('nothing is appended to what a link leads to', async () => {
  const out = fresh();
  mkdirSync(out);
  writeFileSync(folder.path('theirs'), '');
  symlinkSync(folder.path('theirs'), `${out}/journal.jsonl`);
  const opened = openResultFolder(out, { ...run, resume: true })!;
  await expect(opened.append('journal.jsonl', 'ours')).rejects.toThrow(
    /journal.jsonl: this is a link/,
  );
  opened.close();
  expect(readFileSync(folder.path('theirs'), 'utf8')).toBe('');
});

describe('the lock', () => {
  test('lets one process write, and says which', () => {
    const out = fresh();
    const first = openResultFolder(out, run)!;
    expect(() => openResultFolder(out, run)).toThrow(
      `process ${process.pid} on ${hostname()} is writing there`,
    );
    first.close();
    openResultFolder(out, run)!.close();
  });

  test('of a process that is gone is taken over, with what it had not completed', () => {
    const out = fresh();
    mkdirSync(out);
    const { pid } = spawnSync('true');
    writeFileSync(`${out}/nads.lock`, JSON.stringify({ pid, host: hostname() }));
    writeFileSync(`${out}/nads.npz.0123456789ab.partial`, 'half');
    openResultFolder(out, run)!.close();
    expect(readdirSync(out)).toEqual([]);
  });

  test('of a process whose number another one has now is taken over', () => {
    const out = fresh();
    mkdirSync(out);
    const holder = { pid: process.ppid, host: hostname(), began: '1' };
    writeFileSync(`${out}/nads.lock`, JSON.stringify(holder));
    openResultFolder(out, run)!.close();
    expect(readdirSync(out)).toEqual([]);
  });

  test.each([
    [JSON.stringify({ pid: process.ppid, host: hostname() }), /process \d+ on /],
    [JSON.stringify({ pid: 1, host: 'elsewhere' }), /process 1 on elsewhere is writing there/],
    ['', /another process is writing there.*remove .*nads.lock\)$/],
  ])('%s is respected', (text, message) => {
    const out = fresh();
    mkdirSync(out);
    writeFileSync(`${out}/nads.lock`, text);
    expect(() => openResultFolder(out, run)).toThrow(message);
    expect(readFileSync(`${out}/nads.lock`, 'utf8')).toBe(text);
  });

  test('a folder that was made for nothing is taken away', () => {
    const out = fresh();
    openResultFolder(out, run)!.close();
    expect(existsSync(out)).toBe(false);
  });
});
