import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { temporaryFolder } from '@nads/testing';
import { getData, officialData } from '../src/node/official-data.js';
import { tarFiles } from '../src/node/tar-files.js';

const folder = temporaryFolder();
afterAll(folder.remove);

/** A ustar archive of these files. */
function tar(files: Readonly<Record<string, string>>): Uint8Array {
  const blocks = Object.entries(files).flatMap(([name, contents]) => {
    const header = new Uint8Array(512);
    const put = (text: string, at: number) => header.set(Buffer.from(text, 'latin1'), at);
    put(name, 0);
    put(contents.length.toString(8).padStart(11, '0'), 124);
    put('0', 156);
    put('        ', 148);
    const sum = header.reduce((total, byte) => total + byte, 0);
    put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const body = new Uint8Array(Math.ceil(contents.length / 512) * 512);
    body.set(Buffer.from(contents, 'latin1'));
    return [header, body];
  });
  return Buffer.concat([...blocks, new Uint8Array(1024)]);
}

test('a tar archive gives its files', async () => {
  const files = await tarFiles(tar({ 'a/b.txt': 'hello', 'c.bin': 'x'.repeat(700) }));
  expect(files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual([
    ['a/b.txt', 'hello'],
    ['c.bin', 'x'.repeat(700)],
  ]);
});

test('a damaged tar archive is refused', async () => {
  const whole = tar({ 'c.bin': 'x'.repeat(700) });
  await expect(tarFiles(whole.subarray(0, 1024))).rejects.toThrow(/truncated/i);
  const damaged = whole.slice();
  damaged[3] ^= 1;
  await expect(tarFiles(damaged)).rejects.toThrow(/checksum/i);
});

const [mnist, cifar10] = ['mnist', 'cifar10'].map(officialData);

const answer =
  (body: string, status = 200): typeof fetch =>
  async () =>
    new Response(status === 200 ? body : null, { status });

test('what is not the official file is refused, and not kept', async () => {
  const out = folder.path('wrong');
  await expect(getData(mnist, out, { fetch: answer('something') })).rejects.toThrow(
    /train-images-idx3-ubyte\.gz: MD5 437b930db84b8079c2dd804a71936b5f, expected f68b3c2d/,
  );
  expect(existsSync(folder.path('wrong', 'train-images-idx3-ubyte.gz'))).toBe(false);
});

test('without a connection it says what to do by hand', async () => {
  const out = folder.path('offline');
  const offline: typeof fetch = () => Promise.reject(new TypeError('fetch failed'));
  await expect(getData(cifar10, out, { fetch: offline })).rejects.toThrow(
    /cifar-10-binary\.tar\.gz: cannot be downloaded \(fetch failed\); download https.* put it into .*offline/,
  );
  await expect(getData(mnist, out, { fetch: answer('', 403) })).rejects.toThrow(
    'cannot be downloaded (status 403)',
  );
});

test('a damaged file that is there is named, and stays', async () => {
  const out = folder.path('damaged');
  await expect(getData(cifar10, out, { fetch: answer('', 404) })).rejects.toThrow('status 404');
  writeFileSync(folder.path('damaged', 'cifar-10-binary.tar.gz'), 'half');
  await expect(getData(cifar10, out, {})).rejects.toThrow(/it is damaged or another file/);
  expect(readFileSync(folder.path('damaged', 'cifar-10-binary.tar.gz'), 'utf8')).toBe('half');
});

test('a set that there is not is named', () => {
  expect(() => officialData('imagenet')).toThrow(
    "unknown data set 'imagenet'; expected one of cifar10, cifar100, mnist",
  );
});
