import { randomBytes } from 'node:crypto';
import { closeSync, linkSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { explainFile } from './explain-file.js';
import { readIfThere } from './read-if-there.js';
import { partialName } from './write-file.js';

/** The file in a folder that says who writes there. */
export const lockFile = 'nads.lock';

/** Who writes into a folder: a process of a machine. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When it began, where the system tells: numbers of processes are given again. */
  readonly began?: string;
}

/** Locks that this process holds. */
const held = new Set<string>();
process.on('exit', () => held.forEach(unlock));

/**
 * Lets one process at a time write into a folder. What processes left there that were killed, a lock or files that are not
 * complete, is taken away.
 * @returns gives the folder free
 * @throws where another process writes there, naming it
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, lockFile);
  if (!explainFile(file, () => create(file))) takeOver(folder, file);
  held.add(file);
  for (const name of readdirSync(folder).filter(one => partialName.test(one)))
    rmSync(join(folder, name), { force: true });
  return () => unlock(file);
}

function unlock(file: string): void {
  held.delete(file);
  rmSync(file, { force: true });
}

/** False where there is one already. */
function create(file: string): boolean {
  try {
    const open = openSync(file, 'wx');
    const me: Holder = { pid: process.pid, host: hostname(), began: beginningOf(process.pid) };
    writeSync(open, JSON.stringify(me));
    closeSync(open);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'EEXIST') return false;
    throw error;
  }
}

/** @throws where the holder of the lock may be alive */
function takeOver(folder: string, file: string): void {
  const before = textOf(file);
  if (before === undefined && create(file)) return;
  const holder = holderIn(before);
  if (holder && isGone(holder, file) && moveAway(file, before) && create(file)) return;
  const who = holder ? `process ${holder.pid} on ${holder.host}` : 'another process';
  throw new Error(
    `${folder}: ${who} is writing there; wait for it, or choose another \`out\` (if it does not run any more, remove ${file})`,
  );
}

const textOf = (file: string): string | undefined => {
  try {
    return readIfThere(file)?.toString();
  } catch {
    return undefined;
  }
};

function holderIn(text = ''): Holder | undefined {
  try {
    const { pid, host, began } = Object(JSON.parse(text)) as Partial<Holder>;
    if (!Number.isSafeInteger(pid) || typeof host !== 'string') return undefined;
    return { pid: pid!, host, began };
  } catch {
    return undefined;
  }
}

function isGone({ pid, host, began }: Holder, file: string): boolean {
  if (host !== hostname() || pid <= 0) return false;
  if (pid === process.pid && held.has(file)) return false;
  if (pid === process.pid || (began !== undefined && began !== beginningOf(pid))) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as { code?: string }).code === 'ESRCH';
  }
}

/** On Linux, in ticks since the machine started: field 22 of /proc/PID/stat, behind a name that may hold anything. */
function beginningOf(pid: number): string | undefined {
  const text = textOf(`/proc/${pid}/stat`);
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19];
}

/** Moves a lock away, unless somebody else has put another in its place meanwhile, which is put back. */
function moveAway(file: string, expected: string | undefined): boolean {
  const away = `${file}.${randomBytes(6).toString('hex')}.partial`;
  try {
    renameSync(file, away);
    const isExpected = textOf(away) === expected;
    if (!isExpected) linkSync(away, file);
    rmSync(away);
    return isExpected;
  } catch {
    return false;
  }
}
