import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@nads/testing';
import { addressOf, load, pageCache, type KnownFile, type PageCaches } from '../src/index.js';
import { cacheFolder, userCache } from '../src/node/index.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const contents = new TextEncoder().encode('a model');
const sha256 = createHash('sha256').update(contents).digest('hex');
const url = 'https://example.org/far.onnx';
const known: KnownFile[] = [{ name: 'far', url, sha256 }, { name: 'nowhere' }];

/** Answers with these bytes, and counts how often it was asked. */
function answering(body: Uint8Array<ArrayBuffer>, init: ResponseInit = {}) {
  const asked: string[] = [];
  const fetch = async (address: unknown): Promise<Response> => {
    asked.push(address as string);
    return new Response(body, init);
  };
  return { asked, fetch };
}

const { fetch } = answering(contents);

test.each([
  [url, url],
  ['http://localhost:8080/a.onnx', 'http://localhost:8080/a.onnx'],
  ['far', url],
  [
    'hf:owner/some.repo/onnx/model.onnx',
    'https://huggingface.co/owner/some.repo/resolve/main/onnx/model.onnx',
  ],
  ['hf:owner/repo@v1.0/a b.onnx', 'https://huggingface.co/owner/repo/resolve/v1.0/a%20b.onnx'],
])('%s is at %s', (what, expected) => {
  expect(addressOf(what, known).url).toBe(expected);
});

test.each([
  ['http://example.org/a.onnx', 'expected an address that begins with https://'],
  ['hf:owner/model.onnx', 'expected hf:OWNER/REPO/PATH'],
  ['hf:owner/repo/../../other/model.onnx', 'expected hf:OWNER/REPO/PATH'],
  ['hf:../../x/model.onnx', 'expected hf:OWNER/REPO/PATH'],
  ['hf:owner/repo@../model.onnx', 'expected hf:OWNER/REPO/PATH'],
  [
    'near',
    "unknown file 'near'; give an https address, hf:OWNER/REPO/PATH, or one of far, nowhere",
  ],
  ['nowhere', 'nowhere: no address of it is known'],
])('%s is refused', (what, message) => {
  expect(() => addressOf(what, known)).toThrow(message);
});

test('a listed file is the one whose sha256 is listed', async () => {
  expect(await load('far', { known, fetch })).toEqual({
    name: 'far',
    bytes: contents,
    sha256,
    url,
    verified: true,
  });
  const other = answering(new Uint8Array(3));
  await expect(load('far', { known, fetch: other.fetch })).rejects.toThrow(
    `expected ${sha256}; download it again`,
  );
});

test('an address is taken at its word, unless a sha256 is given; so are bytes', async () => {
  expect(await load(url, { fetch })).toMatchObject({ sha256, verified: false });
  expect(await load(url, { fetch, sha256: sha256.toUpperCase() })).toMatchObject({
    verified: true,
  });
  await expect(load(url, { fetch, sha256: 'abc' })).rejects.toThrow('expected abc');
  expect(await load(contents)).toMatchObject({ sha256, verified: false });
  await expect(load(contents, { sha256: 'abc' })).rejects.toThrow(`bytes: sha256 ${sha256}`);
});

test('where it cannot be had, its address is given', async () => {
  const missing = answering(contents, { status: 404 });
  await expect(load('far', { known, fetch: missing.fetch })).rejects.toThrow(
    'far: the server responded with 404',
  );
  const offline = async (): Promise<Response> => {
    throw new Error('offline');
  };
  await expect(load('far', { known, fetch: offline })).rejects.toThrow(
    `far: cannot be downloaded (offline); check the internet connection, or get ${url} elsewhere`,
  );
});

test('a file that is too large is not taken, whether the server says so or not', async () => {
  const message = `${url}: has more than the 6 bytes that it may have`;
  await expect(load(url, { fetch, most: 6 })).rejects.toThrow(message);
  const honest = answering(contents, { headers: { 'content-length': '7' } });
  await expect(load(url, { fetch: honest.fetch, most: 6 })).rejects.toThrow(message);
  expect(await load(url, { fetch, most: 7 })).toMatchObject({ sha256 });
});

/** What a page has, in memory. */
function someCaches(): PageCaches {
  const kept = new Map<string, Response>();
  return {
    open: async () => ({
      match: async address => kept.get(address)?.clone(),
      put: async (address, response) => void kept.set(address, response),
    }),
  };
}

describe.each([
  ['the cache of a page', () => pageCache(someCaches())],
  ['the folder of a user', () => userCache(folder.path('cache'))],
])('%s', (_, make) => {
  test('a file is got once, and again where another is meant', async () => {
    const cache = make();
    const { asked, fetch: once } = answering(contents);
    const first = await load('far', { known, cache, fetch: once });
    expect(await load('far', { known, cache, fetch: once })).toEqual(first);
    expect(asked).toEqual([url]);
    await expect(load(url, { cache, fetch: once, sha256: 'abc' })).rejects.toThrow('expected abc');
    expect(asked).toEqual([url, url]);
  });
});

test('a file that was damaged in the folder is got again', async () => {
  const place = folder.path('damaged');
  const cache = userCache(place);
  const { asked, fetch: counted } = answering(contents);
  await load(url, { cache, fetch: counted });
  const [name] = readdirSync(place).filter(file => file.endsWith('.onnx'));
  writeFileSync(join(place, name), 'another');
  expect(await load(url, { cache, fetch: counted })).toMatchObject({ sha256 });
  expect(asked).toHaveLength(2);
  expect(readFileSync(join(place, name))).toEqual(Buffer.from(contents));
});

test('the folder is where the system keeps caches', () => {
  expect(cacheFolder({ NADS_CACHE: '/a' }, 'linux')).toBe('/a');
  expect(cacheFolder({ XDG_CACHE_HOME: '/x' }, 'linux')).toBe(join('/x', 'nads'));
  expect(cacheFolder({}, 'darwin')).toMatch(/Library\/Caches\/nads$/);
});
