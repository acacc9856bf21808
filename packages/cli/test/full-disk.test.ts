import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { complaint, model, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
const disk = folder.path('disk');

/** A file system of 200 kB, where we may make one. */
function mounted(): boolean {
  try {
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const full = mounted() ? test : test.skip;

afterAll(() => {
  if (full === test) execFileSync('umount', [disk]);
  folder.remove();
});

full('estimate on a full disk says so and leaves no file behind', async () => {
  const line = await complaint(
    'estimate',
    model('lenet'),
    '--networks',
    '1',
    '--quiet',
    '--out',
    `${disk}/out`,
  );
  expect(line).toMatch(/tally.npz: the disk is full; free some space and try again/);
  expect(readdirSync(disk)).toEqual([]);
});

full('where only the results found no room, --resume has something to go on from', async () => {
  const out = `${disk}/results`;
  const line = await complaint(
    'estimate',
    model('lenet'),
    '--basis',
    'blocks:4',
    '--networks',
    '1',
    '--out',
    out,
    '--quiet',
  );
  expect(line).toMatch(/nads.npz: the disk is full/);
  expect(readdirSync(out)).toEqual(['run.json', 'tally.npz']);
});
