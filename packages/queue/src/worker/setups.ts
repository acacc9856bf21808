import type { ContentStore } from '../blobs/content-store.js';
import { decodeData } from '../data/decode-data.js';

/** Setups that are kept. */
const kept = 2;

/** The setups of the jobs that tasks came of last, each fetched once. */
export class Setups {
  private readonly content: ContentStore;
  /** By address; the one used last is the last. */
  private readonly fetched = new Map<string, Promise<unknown>>();

  constructor(content: ContentStore) {
    this.content = content;
  }

  /** A setup by its address. @throws as `ContentStore.get` */
  get(hash: string): Promise<unknown> {
    const setup = this.fetched.get(hash) ?? this.fetch(hash);
    this.fetched.delete(hash);
    this.fetched.set(hash, setup);
    for (const oldest of [...this.fetched.keys()].slice(0, -kept)) this.fetched.delete(oldest);
    return setup;
  }

  private fetch(hash: string): Promise<unknown> {
    const setup = this.content.get('setup', hash).then(decodeData);
    setup.catch(() => this.fetched.delete(hash)); // it is fetched again with the next task
    return setup;
  }
}
