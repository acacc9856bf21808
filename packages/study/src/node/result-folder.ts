import { existsSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { soFarFiles } from '../estimate/nads-files.js';
import type { Identity } from '../identity.js';
import {
  encodeRunRecord,
  parseRunRecord,
  recordFile,
  runDifference,
  type RunRecord,
} from '../run-record.js';
import type { NamedFile, Store, Write } from '../store.js';
import { lockFolder } from './folder-lock.js';
import { FolderStore } from './folder-store.js';
import { inputsRead, requireNoInput } from './inputs.js';
import { readIfThere } from './read-if-there.js';
import { requireFolder } from './write-file.js';

/** A run whose results go into a folder. */
export interface FolderRun {
  readonly command: string;
  /** What it was given, its name first, as far as results depend on it: so that it can be repeated. */
  readonly arguments?: readonly string[];
  /** All that results depend on, beside the inputs. */
  readonly settings: Identity;
  /** A file that each of its results has. */
  readonly main: string;
  /** The file that an unfinished run is continued from, if it can be. */
  readonly state?: string;
  /** Settings that may become others where it is continued, such as how far it goes. */
  readonly extensible?: readonly string[];
  /** Continues what is there, which makes sure by itself that it belongs to the same settings. */
  readonly resume?: boolean;
  /** Replaces what is there. */
  readonly force?: boolean;
}

/**
 * Opens a folder for the results of a run, for this process alone. Inputs are to be read before.
 * @returns undefined where the folder holds this result already
 * @throws where another process writes there, or what is there would be lost, saying how to go on
 */
export function openResultFolder(folder: string, run: FolderRun): ResultFolder | undefined {
  const isNew = !existsSync(folder);
  requireNoInput(folder);
  requireFolder(folder);
  const unlock = lockFolder(folder);
  const close = (): void => {
    unlock();
    if (isNew) removeIfEmpty(folder);
  };
  try {
    const found = readRecord(folder);
    for (const name of [run.main, ...(found?.files ?? [])]) requireNoInput(join(folder, name));
    const { command, settings } = run;
    const wanted: RunRecord = {
      command,
      ...(run.arguments && { arguments: [...run.arguments] }),
      settings,
      inputs: [...inputsRead()],
      finished: false,
      files: [],
    };
    if (!run.force && found && isThere(folder, found, wanted)) {
      close();
      return undefined;
    }
    if (!run.force) requireNoLoss(folder, run, found, wanted);
    if (run.force) removeUnfinished(folder, run.state);
    return new ResultFolder(folder, { run, wanted, found, close });
  } catch (error) {
    close();
    throw error;
  }
}

/** What the command printed whose results a folder holds, in plain values; undefined where that is not known. */
export const printedResult = (folder: string): unknown => readRecord(folder)?.printed;

/** What an earlier run went on from, and what it showed before it was done. */
function removeUnfinished(folder: string, state: string | undefined): void {
  for (const name of [state, ...Object.values(soFarFiles)])
    if (name !== undefined) rmSync(join(folder, name), { force: true });
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // it is not empty
  }
}

function readRecord(folder: string): RunRecord | undefined {
  const file = join(folder, recordFile);
  const contents = readIfThere(file);
  try {
    return contents && parseRunRecord(file, contents.toString());
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`${message}; remove this file to go on`, { cause: error });
  }
}

const isThere = (folder: string, found: RunRecord, wanted: RunRecord): boolean =>
  found.finished &&
  runDifference(found, wanted) === undefined &&
  found.files.every(name => existsSync(join(folder, name)));

/** @throws where a run would replace results of another, or what it could go on from */
function requireNoLoss(
  folder: string,
  run: FolderRun,
  found: RunRecord | undefined,
  wanted: RunRecord,
): void {
  const { main, state, resume } = run;
  const has = (name?: string): boolean => name !== undefined && existsSync(join(folder, name));
  const isOther = found && found.command !== wanted.command;
  if (resume && !isOther) return;
  const difference = found && runDifference(found, wanted);
  const goOn = canGoOn(run, found, wanted) ? '`resume` to go on from it, ' : '';
  const ways = `choose another \`out\`, or give ${goOn}${goOn && 'or '}\`force\` to replace it`;
  if (difference !== undefined)
    throw new Error(
      `${folder}: holds ${found!.finished ? 'a result' : 'an unfinished run'} of ${difference}; ${ways}`,
    );
  if (found ? has(state) && !found.finished : has(main) || has(state))
    throw new Error(`${folder}: holds an earlier run's ${has(state) ? state : main}; ${ways}`);
}

/** Whether continuing a run can lead to the results that are wanted, as far as its record tells. */
function canGoOn(
  { state, extensible = [] }: FolderRun,
  found: RunRecord | undefined,
  { settings, ...wanted }: RunRecord,
): boolean {
  if (state === undefined) return false;
  if (!found) return true;
  const extended = extensible.map(name => [name, found.settings[name]]);
  const closest = { ...settings, ...Object.fromEntries(extended) };
  return runDifference(found, { ...wanted, settings: closest }) === undefined;
}

/** What is known when a folder is opened. */
interface Opening {
  readonly run: FolderRun;
  readonly wanted: RunRecord;
  readonly found: RunRecord | undefined;
  readonly close: () => void;
}

/** A folder that says in run.json what its files are results of. */
export class ResultFolder implements Store {
  readonly name: string;
  /** Gives the folder free. */
  readonly close: () => void;
  private readonly folder: FolderStore;
  private readonly opening: Opening;
  private readonly written = new Set<string>();
  private isBegun = false;

  constructor(folder: string, opening: Opening) {
    this.name = folder;
    this.folder = new FolderStore(folder);
    this.opening = opening;
    this.close = opening.close;
    if (opening.run.resume) opening.found?.files.forEach(name => this.written.add(name));
  }

  ready(): Promise<void> {
    return this.folder.ready();
  }

  read(name: string): Promise<Uint8Array | undefined> {
    return this.folder.read(name);
  }

  write(files: readonly NamedFile[]): Promise<void> {
    return this.folder.write(this.noted(files));
  }

  writeInParts(
    name: string,
    produce: (write: Write) => Promise<readonly NamedFile[]>,
  ): Promise<void> {
    return this.folder.writeInParts(name, async write => {
      this.note(name);
      return this.noted(await produce(write));
    });
  }

  async remove(names: readonly string[]): Promise<void> {
    for (const name of names) this.written.delete(name);
    await this.folder.remove(names);
  }

  async append(name: string, text: string): Promise<void> {
    this.note(name);
    if (!this.isBegun) await this.folder.write(this.noted([]));
    await this.folder.append(name, text);
  }

  /**
   * Says that all results are there, and what the command printed of them; what only an earlier run that was replaced had written is taken
   * away.
   */
  async finish(printed?: unknown): Promise<void> {
    const { wanted, found, run } = this.opening;
    const files = [...this.written].toSorted();
    await this.folder.write([encodeRunRecord({ ...wanted, finished: true, files, printed })]);
    if (run.force)
      for (const name of found?.files ?? [])
        if (!this.written.has(name)) rmSync(join(this.name, name), { force: true });
  }

  /** The files, and run.json before the first ones. */
  private noted(files: readonly NamedFile[]): readonly NamedFile[] {
    for (const [name] of files) this.note(name);
    if (this.isBegun) return files;
    this.isBegun = true;
    const { wanted } = this.opening;
    return [encodeRunRecord({ ...wanted, files: [...this.written] }), ...files];
  }

  private note(name: string): void {
    if (name !== this.opening.run.state) this.written.add(name);
  }
}
