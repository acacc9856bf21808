import { parseRunRecord, recordFile, textOf, type OriginFolder, type RunRecord } from '@nads/study';
import type { Asked, ResultFile, SavedResult } from './messages.js';
import type { ProcessorName } from './processors.js';

/** An estimate that was begun on this computer, in this tab or another, and is kept in the browser's own files. */
export interface EarlierResult {
  /** Its folder: when it was begun, in milliseconds, and something that no other has. */
  readonly id: string;
  readonly begun: Date;
  /** The model's file. */
  readonly name: string;
  readonly settings: RunRecord['settings'];
  readonly finished: boolean;
  readonly bytes: number;
  /** Whether some tab has it open for writing. */
  readonly isRunning: boolean;
}

/** All of them, the newest first; undefined where this browser keeps no files for the page. */
export async function earlierResults(): Promise<EarlierResult[] | undefined> {
  const all = await resultsFolder().catch(() => undefined);
  if (!all) return undefined;
  const { held = [] } = await navigator.locks.query();
  const running = new Set(held.map(({ name }) => name));
  const found: EarlierResult[] = [];
  for await (const [id, folder] of all.entries())
    if (folder.kind === 'directory') {
      const isRunning = running.has(lockOf(id));
      const result = await unlessGone(described(id, folder, isRunning));
      if (result) found.push(result);
    }
  return found.toSorted((a, b) => b.begun.getTime() - a.begun.getTime());
}

/** Its files, but those that only a run goes on from. */
export async function openEarlier({ id, name }: EarlierResult): Promise<SavedResult> {
  const files = await filesIn(await folderOf(id));
  return { name, files: files.filter(file => !/^tally\.npz$|\.onnx$|\.partial$/.test(file.name)) };
}

/** How one that is not finished goes on. @throws where its model is not there */
export async function continued(
  { id, name, settings }: EarlierResult,
  workers: number,
): Promise<Asked> {
  const model = (await filesIn(await folderOf(id))).find(file => file.name === modelFile);
  if (!model) throw new Error(`${name}: the model of this estimate was not kept; estimate again`);
  const { processor, ...rest } = settings;
  return {
    name,
    bytes: model.contents as Uint8Array,
    settings: rest,
    processor: processor as ProcessorName | undefined,
    workers,
    continues: id,
  };
}

/** @throws where a tab still writes it */
export async function deleteEarlier({ id, name }: EarlierResult): Promise<void> {
  await navigator.locks.request(lockOf(id), { ifAvailable: true }, async lock => {
    if (!lock) throw new Error(`${name}: it is being estimated; stop that first`);
    await removeFolder(id);
  });
}

/** The model of an estimate that is not finished. */
export const modelFile = 'model.onnx';

/** The folder of a result. */
export const folderOf = async (id: string): Promise<FileSystemDirectoryHandle & OriginFolder> =>
  (await (
    await resultsFolder()
  ).getDirectoryHandle(id, { create: true })) as FileSystemDirectoryHandle & OriginFolder;

/** Takes the folder of a result away. */
export const removeFolder = async (id: string): Promise<void> =>
  (await resultsFolder()).removeEntry(id, { recursive: true });

/** The name of the lock that is held as long as a result is written. */
export const lockOf = (id: string): string => `nads/${id}`;

const resultsFolder = async (): Promise<FileSystemDirectoryHandle> =>
  (await navigator.storage.getDirectory()).getDirectoryHandle('nads', { create: true });

async function described(
  id: string,
  folder: FileSystemDirectoryHandle,
  isRunning: boolean,
): Promise<EarlierResult> {
  let [bytes, record] = [0, undefined as RunRecord | undefined];
  for await (const handle of folder.values()) {
    if (handle.kind !== 'file') continue;
    const file = await unlessGone(handle.getFile());
    bytes += file?.size ?? 0;
    if (file?.name === recordFile) record = recordIn(await file.bytes());
  }
  const begun = new Date(Number(id.split('-')[0]));
  // what cannot be read can still be deleted
  const { settings = {}, finished = true, inputs = [] } = record ?? {};
  const name = inputs[0]?.name ?? 'a result that cannot be read';
  return { id, begun, name, settings, finished, bytes, isRunning };
}

/** Undefined where a file or folder was taken away meanwhile, by a run that goes on or by another tab. */
const unlessGone = <T>(found: Promise<T>): Promise<T | undefined> =>
  found.catch((error: Error) => {
    if (error.name === 'NotFoundError') return undefined;
    throw error;
  });

/** Undefined where it is damaged. */
function recordIn(bytes: Uint8Array): RunRecord | undefined {
  try {
    return parseRunRecord(recordFile, textOf(bytes));
  } catch {
    return undefined;
  }
}

async function filesIn(folder: FileSystemDirectoryHandle): Promise<ResultFile[]> {
  const files: ResultFile[] = [];
  for await (const handle of folder.values()) {
    if (handle.kind !== 'file') continue;
    const file = await handle.getFile();
    files.push({ name: file.name, contents: new Uint8Array(await file.arrayBuffer()) });
  }
  return files;
}
