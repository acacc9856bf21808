/** Keeps files that were got from the web. What it gives is checked by those who ask. */
export interface FileCache {
  /** What was kept of an address; undefined where nothing was. */
  get(url: string): Promise<KeptFile | undefined>;
  put(url: string, file: KeptFile): Promise<void>;
}

/** A file and its SHA-256 when it was put. */
export interface KeptFile {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}
