import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readInput } from '../src/node/inputs.js';
import {
  partialName,
  requireFolder,
  writeInParts,
  writeTogether,
  writeWhole,
} from '../src/node/write-file.js';
import { temporaryFolder } from '@nads/testing';

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

test('a file appears whole, in folders made for it', () => {
  writeWhole(folder.path('a', 'b', 'file'), 'text');
  expect(readFileSync(folder.path('a', 'b', 'file'), 'utf8')).toBe('text');
  expect(readdirSync(folder.path('a', 'b'))).toEqual(['file']);
});

test('several files are written all or none', () => {
  writeFileSync(folder.path('first'), 'old');
  mkdirSync(folder.path('second'));
  const both = [
    [folder.path('first'), 'new'],
    [folder.path('second'), 'new'],
  ] as const;
  expect(() => writeTogether(both)).toThrow(`${folder.path('second')}: `);
  expect(readFileSync(folder.path('first'), 'utf8')).toBe('old');
  expect(readdirSync(folder.path()).filter(name => partialName.test(name))).toEqual([]);
});

test('nothing is written through a link, whatever it leads to', () => {
  writeFileSync(folder.path('elsewhere'), 'theirs');
  symlinkSync(folder.path('elsewhere'), folder.path('linked'));
  symlinkSync(folder.path('elsewhere'), folder.path('linked.partial'));
  writeWhole(folder.path('linked'), 'ours');
  expect(readFileSync(folder.path('elsewhere'), 'utf8')).toBe('theirs');
  expect(lstatSync(folder.path('linked')).isSymbolicLink()).toBe(false);
  expect(readFileSync(folder.path('linked'), 'utf8')).toBe('ours');
});

test('pipes and devices are no files, and inputs are not replaced', () => {
  execFileSync('mkfifo', [folder.path('pipe')]);
  expect(() => writeWhole(folder.path('pipe'), '')).toThrow(/this is a device or pipe, not a file/);
  expect(() => writeWhole('/dev/null', '')).toThrow('/dev/null: this is a device or pipe');
  writeFileSync(folder.path('input'), 'input');
  readInput(folder.path('input'));
  symlinkSync('input', folder.path('other'));
  expect(() => writeWhole(folder.path('other'), '')).toThrow(
    `other: this is the input ${folder.path('input')}, which would be lost`,
  );
});

test('a file in parts appears with those after it, or none does', async () => {
  const [long, short] = [folder.path('parts', 'long'), folder.path('parts', 'short')];
  await writeInParts(long, async write => {
    for (const text of ['one, ', 'two']) write(Buffer.from(await Promise.resolve(text)));
    return [[short, 'three']];
  });
  expect(readFileSync(long, 'utf8')).toBe('one, two');
  expect(readFileSync(short, 'utf8')).toBe('three');
  const stopped = writeInParts(long, write => {
    write(Buffer.from('new'));
    return Promise.reject(new Error('no more'));
  });
  await expect(stopped).rejects.toThrow('no more');
  rmSync(short);
  mkdirSync(short);
  const blocked = writeInParts(long, () => Promise.resolve([[short, 'new']]));
  await expect(blocked).rejects.toThrow(short);
  expect(readFileSync(long, 'utf8')).toBe('one, two');
  expect(readdirSync(folder.path('parts'))).toEqual(['long', 'short']);
});

test('what is in the way of a folder is named', () => {
  writeFileSync(folder.path('file'), '');
  const file = folder.path('file');
  expect(() => requireFolder(file)).toThrow(`${file} is a file, not a folder`);
  expect(() => requireFolder(folder.path('file', 'sub'))).toThrow('is not a folder');
  expect(() => requireFolder('/proc/nads')).toThrow(/^\/proc\/nads: /);
});

full('a full disk keeps what was there', () => {
  writeWhole(`${disk}/file`, 'old');
  expect(() => writeWhole(`${disk}/file`, new Uint8Array(300_000))).toThrow(/the disk is full/);
  expect(readFileSync(`${disk}/file`, 'utf8')).toBe('old');
  expect(readdirSync(disk)).toEqual(['file']);
});
