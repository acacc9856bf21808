/** A file by its name. */
export type NamedFile = readonly [name: string, contents: Uint8Array | string];

/** Takes bytes of a file in their order. */
export type Write = (bytes: Uint8Array) => void | Promise<void>;

/** Named files: a folder, memory, the browser's own storage. Names are plain, without folders. */
export interface Store {
  /** For messages, as in 'out/lenet'. */
  readonly name: string;
  /** Makes sure that files can be written. @throws where they cannot */
  ready(): Promise<void>;
  /** What is in a file; undefined where it is not there. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Writes files, all or none: what was there stays until every new one is complete. */
  write(files: readonly NamedFile[]): Promise<void>;
  /**
   * Writes a file piece by piece and others after it, all of them or none.
   * @param produce writes the file, and then knows what is in the others.
   */
  writeInParts(
    name: string,
    produce: (write: Write) => Promise<readonly NamedFile[]>,
  ): Promise<void>;
  /** Takes files away; those that are not there are no error. */
  remove(names: readonly string[]): Promise<void>;
  /** Appends text to a file, durably. */
  append(name: string, text: string): Promise<void>;
}

/** Text of a stored file. */
export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
