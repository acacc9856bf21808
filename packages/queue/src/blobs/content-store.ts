import { contentHash, isContentHash } from '../data/content-hash.js';
import { StoreTrouble, WrongContent, type BlobStore } from './blob-store.js';

/** Where a result is. */
export interface ResultRecord {
  /** Its sha256. */
  readonly result: string;
  readonly bytes: number;
  /** Which worker made it. */
  readonly worker: string;
}

/** Contents by their sha256, and results by the tasks they are of. Everything is checked when it is read. */
export class ContentStore {
  private readonly blobs: BlobStore;

  constructor(blobs: BlobStore) {
    this.blobs = blobs;
  }

  /** What the store is, for messages. */
  get name(): string {
    return this.blobs.name;
  }

  /** Keeps bytes. @returns their address */
  async put(bytes: Uint8Array): Promise<string> {
    const hash = contentHash(bytes);
    await this.blobs.write(contentName(hash), bytes);
    return hash;
  }

  /**
   * What is at an address.
   * @param what for messages, as in 'setup'
   * @throws StoreTrouble where there is nothing; WrongContent where it is something else
   */
  async get(what: string, hash: string): Promise<Uint8Array> {
    const name = contentName(hash);
    const bytes = await this.blobs.read(name);
    if (!bytes)
      throw new StoreTrouble(
        this.name,
        `there is no ${name}, which is to hold a ${what}; is it the store of the study?`,
      );
    const found = contentHash(bytes);
    if (found !== hash)
      throw new WrongContent(
        `store ${this.name}: ${name}, a ${what}, holds ${bytes.length} bytes of sha256 ${found.slice(0, 12)}…, not what its name says; delete it`,
      );
    return bytes;
  }

  /** Where the result of a task is; undefined where it is not known. */
  async recordOf(task: string): Promise<ResultRecord | undefined> {
    const bytes = await this.blobs.read(recordName(task));
    return bytes && recordIn(bytes);
  }

  /** Says of a task where its result is. */
  async keepRecord(task: string, record: ResultRecord): Promise<void> {
    await this.blobs.write(recordName(task), new TextEncoder().encode(JSON.stringify(record)));
  }
}

const contentName = (hash: string): string => `content/${hash.slice(0, 2)}/${hash}`;

const recordName = (task: string): string => `results/${task.slice(0, 2)}/${task}.json`;

/** Undefined where it is damaged: the task is then done again. */
function recordIn(bytes: Uint8Array): ResultRecord | undefined {
  try {
    return resultRecord(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return undefined;
  }
}

/** A record out of JSON. @throws where it is none */
export function resultRecord(value: unknown): ResultRecord {
  const { result, bytes, worker } = (value ?? {}) as Partial<Record<keyof ResultRecord, unknown>>;
  if (!isContentHash(result) || !Number.isSafeInteger(bytes) || typeof worker !== 'string')
    throw new Error('this is no record of a result');
  return { result, bytes: bytes as number, worker };
}
