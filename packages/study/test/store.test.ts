import { readdirSync } from 'node:fs';
import { temporaryFolder } from '@nads/testing';
import { MemoryStore, OriginStore, type OriginFolder, type Store } from '../src/index.js';
import { FolderStore } from '../src/node/index.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** What a browser's folder does, in memory, with room for so many bytes. */
class SmallFolder implements OriginFolder {
  readonly files = new Map<string, Uint8Array>();
  private readonly room: number;

  constructor(room = Infinity) {
    this.room = room;
  }

  async getFileHandle(name: string, { create = false } = {}) {
    if (!this.files.has(name) && !create) throw new DOMException('none', 'NotFoundError');
    if (!this.files.has(name)) this.files.set(name, new Uint8Array());
    return {
      getFile: async () => new Blob([this.files.get(name) as Uint8Array<ArrayBuffer>]),
      createWritable: async ({ keepExistingData = false } = {}) =>
        this.writer(name, keepExistingData ? this.files.get(name)! : new Uint8Array()),
      move: async (other: string) => {
        this.files.set(other, this.files.get(name)!);
        this.files.delete(name);
      },
    };
  }

  async removeEntry(name: string): Promise<void> {
    if (!this.files.delete(name)) throw new DOMException('none', 'NotFoundError');
  }

  private writer(name: string, before: Uint8Array) {
    let [contents, at] = [before, 0];
    return {
      write: async (data: Uint8Array | string) => {
        const bytes = Buffer.from(data as string);
        if (at + bytes.length > this.room) throw new DOMException('full', 'QuotaExceededError');
        contents = Buffer.concat([contents.subarray(0, at), bytes]);
        at += bytes.length;
      },
      seek: async (position: number) => void (at = position),
      close: async () => void this.files.set(name, contents),
      abort: async () => {},
    };
  }
}

const stores: readonly [string, () => Store][] = [
  ['memory', () => new MemoryStore()],
  ['a folder', () => new FolderStore(folder.path('store'))],
  ["the browser's files", () => new OriginStore('origin', new SmallFolder())],
];

describe.each(stores)('a store in %s', (_, make) => {
  test('keeps, replaces, appends and removes files', async () => {
    const store = make();
    const text = async (name: string) => {
      const bytes = await store.read(name);
      return bytes && new TextDecoder().decode(bytes);
    };
    await store.ready();
    expect(await text('a')).toBeUndefined();
    await store.write([
      ['a', 'old'],
      ['b', Uint8Array.of(104, 105)],
    ]);
    await store.write([['a', 'new']]);
    expect([await text('a'), await text('b')]).toEqual(['new', 'hi']);
    await store.append('a', ' line');
    await store.append('c', 'first');
    expect([await text('a'), await text('c')]).toEqual(['new line', 'first']);
    await store.writeInParts('long', async write => {
      for (const part of ['one, ', 'two']) await write(new TextEncoder().encode(part));
      return [['after', 'three']];
    });
    expect([await text('long'), await text('after')]).toEqual(['one, two', 'three']);
    await store.remove(['a', 'nothing']);
    expect(await text('a')).toBeUndefined();
  });

  test('what was there stays where new files are not complete', async () => {
    const store = make();
    await store.write([['kept', 'old']]);
    const stopped = store.writeInParts('kept', async write => {
      await write(Uint8Array.of(1));
      throw new Error('no more');
    });
    await expect(stopped).rejects.toThrow('no more');
    expect(await store.read('kept').then(bytes => bytes && Buffer.from(bytes).toString())).toBe(
      'old',
    );
  });
});

test('storage that is full is named, and keeps what was there', async () => {
  const small = new SmallFolder(10);
  const store = new OriginStore('earlier results/lenet', small);
  await store.write([
    ['a', 'old'],
    ['b', 'old'],
  ]);
  const both = store.write([
    ['a', 'new'],
    ['b', new Uint8Array(11)],
  ]);
  await expect(both).rejects.toThrow(
    "earlier results/lenet/b: the browser's storage for this page is full; delete earlier results",
  );
  await expect(store.append('a', 'much too long')).rejects.toThrow(/is full/);
  expect([...small.files.keys()]).toEqual(['a', 'b']);
  expect(Buffer.from((await store.read('a'))!).toString()).toBe('old');
});

test('a folder of results has no partial files', () =>
  expect(readdirSync(folder.path('store')).filter(name => name.includes('partial'))).toEqual([]));
