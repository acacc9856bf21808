import {
  encodeRunRecord,
  MemoryStore,
  OriginStore,
  tallyFile,
  type NamedFile,
  type RunRecord,
  type Store,
} from '@nads/study';
import { folderOf, lockOf, modelFile, removeFolder } from './earlier-results.js';
import type { Asked, Found } from './messages.js';
import { MirroredStore } from './mirrored-store.js';

/** An estimate that survives the page, as far as the browser keeps files for it. */
export class KeptRun {
  /** What the estimate goes on from. */
  readonly store: Store;
  /** Takes away what was kept of one that did not get to its first network. */
  readonly discard: () => Promise<void>;
  /** Lets others go on with it, or delete it. */
  readonly close: () => void;
  private readonly record: RunRecord;

  private constructor(
    store: Store,
    record: RunRecord,
    { discard = async (): Promise<void> => {}, close = (): void => {} } = {},
  ) {
    this.store = store;
    this.record = record;
    this.discard = discard;
    this.close = close;
  }

  /**
   * Begins one, or goes on with one.
   * @param onProblem told why nothing is kept any more; the estimate goes on in memory
   * @throws where another tab goes on with it
   */
  static async open(
    asked: Asked,
    sha256: string,
    onProblem: (message: string) => void,
  ): Promise<KeptRun> {
    const memory = new MemoryStore('memory');
    const record = recordOf(asked, sha256);
    const id = asked.continues ?? `${Date.now()}-${crypto.randomUUID?.() ?? ''}`;
    const origin = await originStore(id, asked.name).catch((error: Error) => {
      if (asked.continues) throw error;
      onProblem(error.message);
    });
    if (!origin) return new KeptRun(memory, record);
    const { store: kept, close } = origin;
    const tally = asked.continues && (await kept.read(tallyFile));
    if (tally) await memory.write([[tallyFile, tally]]);
    const store = new MirroredStore(memory, kept, onProblem);
    if (!asked.continues) await store.write([encodeRunRecord(record), [modelFile, asked.bytes]]);
    const discard = (): Promise<void> => removeFolder(id);
    return new KeptRun(store, record, { close, ...(!asked.continues && { discard }) });
  }

  /** Keeps the result, and no more what it would have gone on from. */
  async finish({ files }: Found): Promise<void> {
    const names = files.map(({ name }) => name).toSorted();
    await this.store.write([
      ...files.map(({ name, contents }): NamedFile => [name, contents]),
      encodeRunRecord({ ...this.record, finished: true, files: names }),
    ]);
    await this.store.remove([tallyFile, modelFile]);
  }
}

const recordOf = ({ name, settings, processor }: Asked, sha256: string): RunRecord => ({
  command: 'estimate',
  settings: { ...given(settings), ...(processor && { processor }) },
  inputs: [{ name, sha256 }],
  finished: false,
  files: [],
});

const given = (settings: Asked['settings']): RunRecord['settings'] =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));

/** The store of a result, for this worker alone until it is closed. @throws where the browser has none */
async function originStore(id: string, name: string): Promise<Pick<KeptRun, 'store' | 'close'>> {
  if (!navigator.storage?.getDirectory || !navigator.locks)
    throw new Error('this browser keeps no files for this page');
  const close = await hold(lockOf(id), name);
  try {
    const store = new OriginStore(`earlier results/${name}`, await folderOf(id));
    await store.ready();
    return { store, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Holds a lock until what it returns is called, or this worker ends. @throws where another holds it */
const hold = (lock: string, name: string): Promise<() => void> =>
  new Promise((resolve, reject) => {
    void navigator.locks.request(lock, { ifAvailable: true }, async got => {
      if (!got) return reject(new Error(`${name}: another tab is estimating it`));
      await new Promise<void>(close => resolve(close));
    });
  });
