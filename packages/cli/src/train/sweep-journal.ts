import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { explain } from '../messages/explain.js';

/** A network that was trained, as one line of the journal. */
export interface JournalEntry {
  readonly index: number;
  readonly seed: number;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  readonly loss: number;
}

/** All that decides what an entry says, beside its index and seed. */
export type SweepIdentity = Readonly<Record<string, string | number | boolean>>;

/**
 * Results of a sweep, one line each, written as they come: what is in it survives whatever happens to the process. A line that
 * was cut off half-way is dropped when the file is opened again.
 */
export class Journal {
  readonly entries: JournalEntry[];
  private readonly file: string;

  /** Opens or begins a journal. @throws where it belongs to another sweep, naming the first difference. */
  constructor(file: string, identity: SweepIdentity) {
    this.file = file;
    const lines = existsSync(file) ? wholeLines(file) : [];
    if (lines.length === 0) {
      writeFileSync(file, `${JSON.stringify(identity)}\n`);
      this.entries = [];
      return;
    }
    requireSame(file, parsed(file, lines[0], 1) as SweepIdentity, identity);
    this.entries = lines.slice(1).map((line, i) => parsed(file, line, i + 2) as JournalEntry);
  }

  has(index: number, seed: number): boolean {
    return this.entries.some(entry => entry.index === index && entry.seed === seed);
  }

  add(entry: JournalEntry): void {
    explain(this.file, () =>
      appendFileSync(this.file, `${JSON.stringify(entry)}\n`, { flush: true }),
    );
    this.entries.push(entry);
  }
}

function wholeLines(file: string): string[] {
  const bytes = explain(file, () => readFileSync(file));
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length) truncateSync(file, end);
  return bytes
    .subarray(0, end)
    .toString('utf8')
    .split('\n')
    .filter(line => line !== '');
}

function parsed(file: string, line: string, number: number): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw new Error(
      `${file}: line ${number} is no JSON; delete that line, or the file to begin anew`,
    );
  }
}

function requireSame(file: string, found: SweepIdentity, wanted: SweepIdentity): void {
  for (const key of new Set([...Object.keys(wanted), ...Object.keys(found)]))
    if (found[key] !== wanted[key])
      throw new Error(
        `${file}: holds a sweep with ${key} ${found[key]}, not ${wanted[key]}; choose another --out`,
      );
}
