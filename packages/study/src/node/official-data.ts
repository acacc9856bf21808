import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Watched } from '@nads/runtime';
import { about } from '../named-error.js';
import { explainFile } from './explain-file.js';
import { tarFiles } from './tar-files.js';
import { requireFolder, writeTogether, writeWhole } from './write-file.js';

interface OfficialFile {
  readonly name: string;
  readonly md5: string;
}

/** A data set as its publishers give it. */
export interface OfficialData {
  readonly title: string;
  /** For display: '170 MB'. */
  readonly size: string;
  /** How `openData` names its parts, before the folder: 'cifar10-train'. */
  readonly specs: readonly string[];
  /** Folder of the files on the web. */
  readonly url: string;
  readonly files: readonly OfficialFile[];
  /** Files in the one archive that are wanted; files themselves where not given. */
  readonly unpack?: RegExp;
}

/** Data sets with the MD5 sums that their publishers, or torchvision for MNIST, give. */
const known: Readonly<Record<string, OfficialData>> = {
  cifar10: {
    title: 'CIFAR-10, binary version',
    size: '170 MB',
    specs: ['cifar10-train', 'cifar10'],
    url: 'https://www.cs.toronto.edu/~kriz/',
    files: [{ name: 'cifar-10-binary.tar.gz', md5: 'c32a1d4ab5d03f1284b67883e8d87530' }],
    unpack: /^cifar-10-batches-bin\/[\w.-]+\.(bin|txt|html)$/,
  },
  cifar100: {
    title: 'CIFAR-100, binary version',
    size: '169 MB',
    specs: ['cifar100-train', 'cifar100'],
    url: 'https://www.cs.toronto.edu/~kriz/',
    files: [{ name: 'cifar-100-binary.tar.gz', md5: '03b5dce01913d631647c71ecec9e9cb8' }],
    unpack: /^cifar-100-binary\/[\w.-]+\.(bin|txt|html)$/,
  },
  mnist: {
    title: 'MNIST',
    size: '12 MB',
    specs: ['mnist-train', 'mnist'],
    url: 'https://ossci-datasets.s3.amazonaws.com/mnist/',
    files: [
      { name: 'train-images-idx3-ubyte.gz', md5: 'f68b3c2dcbeaaa9fbdd348bbdeb94873' },
      { name: 'train-labels-idx1-ubyte.gz', md5: 'd53e105ee54ea40749a09fcbcd1e9432' },
      { name: 't10k-images-idx3-ubyte.gz', md5: '9fb629c4189551a2d022fa330f9573f3' },
      { name: 't10k-labels-idx1-ubyte.gz', md5: 'ec29112dd5afa0611ce80d1b7f02629c' },
    ],
  },
};

/** The data set of a name. @throws where there is none, naming those that there are */
export function officialData(name: string): OfficialData {
  if (Object.hasOwn(known, name)) return known[name];
  throw new Error(`unknown data set '${name}'; expected one of ${Object.keys(known).join(', ')}`);
}

/** How files are got. */
export interface Getting extends Watched {
  /** In place of the network's. */
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * Gets the official files of a data set into a folder, checks their MD5 sums and unpacks them; files that are there are not
 * got again.
 * @throws one line that says what to do by hand where a file cannot be had, or is another one
 */
export async function getData(set: OfficialData, folder: string, getting: Getting): Promise<void> {
  requireFolder(folder);
  for (const file of set.files) {
    const bytes = await bytesOf(file, set, folder, getting);
    if (set.unpack) await unpack(bytes, folder, file, set.unpack);
  }
}

/** A file that is there with the right sum, or else one from the web, which is kept. */
async function bytesOf(
  { name, md5: expected }: OfficialFile,
  set: OfficialData,
  folder: string,
  getting: Getting,
): Promise<Uint8Array> {
  const path = join(folder, name);
  if (existsSync(path)) {
    const found = explainFile(path, () => readFileSync(path));
    if (md5(found) === expected) return found;
    throw new Error(
      `${path}: MD5 ${md5(found)}, expected ${expected}; it is damaged or another file, remove it and try again`,
    );
  }
  const url = `${set.url}${name}`;
  const bytes = await download(url, name, folder, getting);
  if (md5(bytes) !== expected)
    throw new Error(`${url}: MD5 ${md5(bytes)}, expected ${expected}; ${byHand(url, folder)}`);
  writeWhole(path, bytes);
  return bytes;
}

const byHand = (url: string, folder: string): string =>
  `download ${url} on a machine with internet access, put it into ${folder} and run this again`;

async function download(
  url: string,
  name: string,
  folder: string,
  { fetch = globalThis.fetch, signal, onProgress }: Getting,
): Promise<Uint8Array> {
  try {
    const response = await fetch(url);
    if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
    const total = Number(response.headers.get('content-length') ?? 0) || undefined;
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of response.body as AsyncIterable<Uint8Array>) {
      signal?.throwIfAborted();
      parts.push(part);
      size += part.length;
      const megabytes = { done: Math.floor(size / 1e6), total: total && Math.ceil(total / 1e6) };
      onProgress?.({ unit: `${name}, MB`, ...megabytes });
    }
    return Buffer.concat(parts);
  } catch (error) {
    if (signal?.aborted) throw error;
    const { message, cause } = error as Error;
    const why = (cause as Error | undefined)?.message ?? message;
    throw new Error(`${url}: cannot be downloaded (${why}); ${byHand(url, folder)}`, {
      cause: error,
    });
  }
}

async function unpack(
  bytes: Uint8Array,
  folder: string,
  { name }: OfficialFile,
  wanted: RegExp,
): Promise<void> {
  const files = await about(name, () => tarFiles(gunzipSync(bytes)));
  const chosen = files.filter(file => wanted.test(file.name));
  if (chosen.length === 0) throw new Error(`${name}: holds none of the expected files`);
  writeTogether(chosen.map(file => [join(folder, file.name), file.bytes] as const));
}

const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');
