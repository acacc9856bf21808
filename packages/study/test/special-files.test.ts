import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { basename } from 'node:path';
import { temporaryFolder } from '@nads/testing';
import { savedPictures } from '../src/index.js';
import { FolderStore, readNads } from '../src/node/index.js';
import { savedStudies } from './saved-studies.js';

const folder = temporaryFolder();
afterAll(folder.remove);

let results = 0;

/** A folder with a result. */
async function saved(): Promise<FolderStore> {
  const store = new FolderStore(folder.path(`out-${results++}`));
  await store.write([...(await savedStudies.estimate()).files]);
  return store;
}

const targets: Readonly<Record<string, (path: string) => void>> = {
  'a link to a device': path => symlinkSync('/dev/zero', path),
  'a link to nothing': path => symlinkSync('../outside', path),
};

/** What may stand in the place of a file. */
const instead: Readonly<Record<string, (path: string) => void>> = {
  ...targets,
  'a link to itself': path => symlinkSync(basename(path), path),
  'a pipe': path => execFileSync('mkfifo', [path]),
  'a folder': path => mkdirSync(path),
};

/** A result with something else in the place of its directions. */
async function resultWith(put: (path: string) => void): Promise<FolderStore> {
  const store = await saved();
  rmSync(`${store.name}/nads.npz`);
  put(`${store.name}/nads.npz`);
  return store;
}

test.each(Object.entries(instead))('%s in the place of directions is refused', async (_, put) => {
  const store = await resultWith(put);
  await expect(savedPictures(store)).rejects.toThrow(/^\S+nads\.npz: [^\n]+$/);
  expect(() => readNads(store.name)).toThrow(/^\S+: [^\n]*nads\.npz|^\S+nads\.npz: [^\n]+$/);
});

test('JSON that fills the memory is not read', async () => {
  const store = await saved();
  truncateSync(`${store.name}/nads.json`, 2 ** 30);
  const message =
    /nads\.json: 1073741824 bytes, more than JSON of results has \(67108864\); remove it$/;
  await expect(savedPictures(store)).rejects.toThrow(message);
  expect(() => readNads(store.name)).toThrow(message);
});

test.each(Object.entries(targets))('%s is replaced by a file, not followed', async (_, put) => {
  const store = await resultWith(put);
  await store.write([['nads.npz', 'new']]);
  expect(readFileSync(`${store.name}/nads.npz`, 'utf8')).toBe('new');
  expect(existsSync(folder.path('outside'))).toBe(false);
});
