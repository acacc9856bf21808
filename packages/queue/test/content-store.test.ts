import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { temporaryFolder } from '@nads/testing';
import { contentHash, ContentStore, FolderBlobs, openBlobs } from '../src/index.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const content = (name: string): ContentStore =>
  new ContentStore(new FolderBlobs(folder.path(name)));
const file = (name: string, hash: string): string =>
  folder.path(name, 'content', hash.slice(0, 2), hash);

test('contents come back by their sha256, and nothing else lies there', async () => {
  const store = content('a');
  const hash = await store.put(Uint8Array.of(1, 2, 3));
  expect(hash).toBe('039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81');
  await store.put(Uint8Array.of(1, 2, 3));
  expect(Buffer.from(await store.get('setup', hash))).toEqual(Buffer.from([1, 2, 3]));
  expect(readdirSync(dirname(file('a', hash)))).toEqual([hash]);
});

test('other contents than the name says, or none, are named', async () => {
  const store = content('b');
  const hash = await store.put(new TextEncoder().encode('model'));
  writeFileSync(file('b', hash), 'another');
  await expect(store.get('setup', hash)).rejects.toThrow(
    new RegExp(
      `^store .*/b: content/../${hash}, a setup, holds 7 bytes of sha256 [0-9a-f]{12}…, not what its name says`,
    ),
  );
  await store.put(new TextEncoder().encode('model'));
  expect(Buffer.from(await store.get('setup', hash)).toString()).toBe('model');
  const missing = contentHash('x');
  await expect(store.get('task', missing)).rejects.toMatchObject({
    name: 'StoreTrouble',
    message: expect.stringMatching(
      `there is no content/../${missing}.*is it the store of the study`,
    ),
  });
});

test('records of results are kept; a damaged one is none', async () => {
  const store = content('c');
  const key = contentHash('task');
  expect(await store.recordOf(key)).toBeUndefined();
  const record = { result: contentHash('result'), bytes: 6, worker: 'w' };
  await store.keepRecord(key, record);
  expect(await store.recordOf(key)).toEqual(record);
  for (const text of [
    '{"result":',
    '{"result":"../../etc/passwd","bytes":1,"worker":"w"}',
    'null',
  ]) {
    writeFileSync(folder.path('c', 'results', key.slice(0, 2), `${key}.json`), text);
    expect(await store.recordOf(key)).toBeUndefined();
  }
});

test('a disk that is full is named, and what was there stays', async () => {
  const place = folder.path('small');
  mkdirSync(place);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place], { stdio: 'ignore' });
  } catch {
    console.warn('content-store.test.ts: skipped: a full disk (mounting one needs root)');
    return;
  }
  try {
    const store = new ContentStore(new FolderBlobs(place));
    const hash = await store.put(Uint8Array.of(1));
    await expect(store.put(new Uint8Array(100_000))).rejects.toMatchObject({
      name: 'StoreTrouble',
      message: expect.stringMatching(/no space is left while writing content/),
    });
    expect(await store.get('task', hash)).toHaveLength(1);
  } finally {
    execFileSync('umount', [place]);
  }
});

test('a place that is no folder is refused', async () => {
  writeFileSync(folder.path('file'), '');
  await expect(
    new ContentStore(openBlobs(folder.path('file'))).put(Uint8Array.of(1)),
  ).rejects.toThrow(/^store .*\/file: .* while writing/);
  expect(() => openBlobs('ftp://x/y')).toThrow("unknown 'ftp://'");
});
