import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { tarFiles } from '../files/tar-files.js';
import { requireFolder, writeTogether, writeWhole } from '../files/write-file.js';
import { explain, explainLater } from '../messages/explain.js';
import { Progress } from '../messages/progress.js';

/** What `nads data` is told. */
export interface DataOptions {
  readonly out: string;
  readonly quiet?: boolean;
  /** In place of the network's. */
  readonly fetch?: typeof globalThis.fetch;
}

interface OfficialFile {
  readonly name: string;
  readonly md5: string;
}

interface OfficialSet {
  readonly title: string;
  /** Folder of the files on the web. */
  readonly url: string;
  readonly files: readonly OfficialFile[];
  /** Files in the one archive that are wanted; files themselves where not given. */
  readonly unpack?: RegExp;
  /** How `--data` names it. */
  readonly use: (folder: string) => string;
}

/** Data sets with the MD5 sums that their publishers, or torchvision for MNIST, give. */
const sets: Readonly<Record<string, OfficialSet>> = {
  cifar10: {
    title: 'CIFAR-10, binary version (170 MB)',
    url: 'https://www.cs.toronto.edu/~kriz/',
    files: [{ name: 'cifar-10-binary.tar.gz', md5: 'c32a1d4ab5d03f1284b67883e8d87530' }],
    unpack: /^cifar-10-batches-bin\/[\w.-]+\.(bin|txt|html)$/,
    use: folder => `--data cifar10-train:${folder} and cifar10:${folder}`,
  },
  mnist: {
    title: 'MNIST (12 MB)',
    url: 'https://ossci-datasets.s3.amazonaws.com/mnist/',
    files: [
      { name: 'train-images-idx3-ubyte.gz', md5: 'f68b3c2dcbeaaa9fbdd348bbdeb94873' },
      { name: 'train-labels-idx1-ubyte.gz', md5: 'd53e105ee54ea40749a09fcbcd1e9432' },
      { name: 't10k-images-idx3-ubyte.gz', md5: '9fb629c4189551a2d022fa330f9573f3' },
      { name: 't10k-labels-idx1-ubyte.gz', md5: 'ec29112dd5afa0611ce80d1b7f02629c' },
    ],
    use: folder => `--data mnist-train:${folder} and mnist:${folder}`,
  },
};

/** Gets the official files of a data set, checks their MD5 sums and unpacks them. */
export async function data(name: string, options: DataOptions): Promise<void> {
  const set = sets[name];
  if (!Object.hasOwn(sets, name))
    throw new Error(`there is no data set '${name}'; there are ${Object.keys(sets).join(', ')}`);
  const { out, quiet } = options;
  requireFolder(out, '--out');
  if (!quiet) process.stderr.write(`${set.title}\n`);
  for (const file of set.files) {
    const bytes = await bytesOf(file, set, options);
    if (set.unpack) await unpack(bytes, out, file, set.unpack);
  }
  process.stdout.write(`${out} holds ${set.title.replace(/ \(.*/, '')}: ${set.use(out)}\n`);
}

/** A file that is there with the right sum, or else one from the web, which is kept. */
async function bytesOf(
  file: OfficialFile,
  set: OfficialSet,
  options: DataOptions,
): Promise<Uint8Array> {
  const path = join(options.out, file.name);
  if (existsSync(path)) {
    const there = explain(path, () => readFileSync(path));
    if (md5(there) === file.md5) return there;
    throw new Error(
      `${path}: MD5 ${md5(there)}, expected ${file.md5}; it is damaged or another file, take it away and try again`,
    );
  }
  const url = `${set.url}${file.name}`;
  const bytes = await download(url, file, options);
  if (md5(bytes) !== file.md5)
    throw new Error(`${url}: MD5 ${md5(bytes)}, expected ${file.md5}; ${byHand(url, options.out)}`);
  writeWhole(path, bytes);
  return bytes;
}

const byHand = (url: string, out: string): string =>
  `get ${url} on a connected machine, put it into ${out} and say the same again`;

async function download(url: string, { name }: OfficialFile, options: DataOptions) {
  const { fetch = globalThis.fetch, out, quiet } = options;
  const progress = new Progress(`${name}, MB`, quiet);
  try {
    const response = await fetch(url);
    if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
    const total = Number(response.headers.get('content-length') ?? 0) || undefined;
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of response.body) {
      parts.push(part as Uint8Array);
      size += (part as Uint8Array).length;
      progress.update(Math.floor(size / 1e6), total && Math.ceil(total / 1e6));
    }
    return Buffer.concat(parts);
  } catch (error) {
    const { message, cause } = error as Error;
    const why = (cause as Error | undefined)?.message ?? message;
    throw new Error(`${url}: cannot be had (${why}); ${byHand(url, out)}`, { cause: error });
  } finally {
    progress.end();
  }
}

async function unpack(
  bytes: Uint8Array,
  out: string,
  { name }: OfficialFile,
  wanted: RegExp,
): Promise<void> {
  const files = await explainLater(name, () => tarFiles(gunzipSync(bytes)));
  const chosen = files.filter(file => wanted.test(file.name));
  if (chosen.length === 0) throw new Error(`${name}: none of the files that are expected in it`);
  writeTogether(chosen.map(file => [join(out, file.name), file.bytes] as const));
}

const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');
