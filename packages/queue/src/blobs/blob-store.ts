/** Bytes by name, which all machines share. What it throws are `StoreTrouble`s. */
export interface BlobStore {
  /** What it is, for messages: a folder, or s3://bucket/prefix. */
  readonly name: string;
  /** Undefined where there is nothing of that name. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Whole or not at all; replaces what is there. */
  write(name: string, bytes: Uint8Array): Promise<void>;
}

/** What a store or the way to it has, and not what is in it: another machine may succeed. */
export class StoreTrouble extends Error {
  override readonly name = 'StoreTrouble';

  /** @param store its name */
  constructor(store: string, problem: string, options?: ErrorOptions) {
    super(`store ${store}: ${problem}`, options);
  }
}

/** What is stored is not what its name says. */
export class WrongContent extends Error {
  override readonly name = 'WrongContent';
}
