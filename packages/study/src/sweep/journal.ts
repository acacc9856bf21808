import type { Basis } from '@nads/basis';
import * as z from 'zod/mini';
import { countSchema } from '../count-schema.js';
import { requireSame, type Identity } from '../identity.js';
import { journalEntry } from '../journal-entry.js';
import { journalLines } from '../journal-lines.js';
import { parseJson } from '../parse-json.js';
import { textOf, type Store } from '../store.js';

/** The file of a store that holds a journal. */
export const journalFile = 'journal.jsonl';

/** The first line of a journal: all that decides what its entries say, beside index and seed. */
export const journalHeadSchema = z.looseObject({
  format: z.optional(z.literal('sweep')),
  /** 1; absent in journals written before formats had versions. */
  version: z.optional(z.int()),
  architecture: z.string(),
  basis: z.string(),
  /** What indices count if a basis has a grid of other directions. */
  addressing: z.optional(z.enum(['places', 'numbers'])),
  /** C×H×W of the images, as in '1x32x32'. */
  image: z.string(),
});

/** The first line of a journal. */
export type JournalHead = z.infer<typeof journalHeadSchema>;

const share = z.number().check(z.minimum(0), z.maximum(1));

/** Every other line: a network that was trained. */
export const sweepEntrySchema = z.object({
  index: countSchema,
  seed: z.int(),
  /** Shares of images that are classified correctly. */
  trainAccuracy: share,
  testAccuracy: share,
  /** Mean cross-entropy of the last epoch. */
  loss: z.number().check(z.minimum(0)),
});

/** A line of a journal. */
export const journalSchema = z.union([journalHeadSchema, sweepEntrySchema]);

/** A network that was trained. */
export type SweepEntry = z.infer<typeof sweepEntrySchema>;

/**
 * Results of a sweep, one line each, kept as they come: what is in it survives whatever happens afterwards. A line that was
 * cut off half-way is dropped when the journal is opened again.
 */
export class Journal {
  private readonly store: Store | undefined;
  private readonly known = new Map<string, SweepEntry>();
  /** Resolves when all lines so far are kept. */
  private kept: Promise<void> = Promise.resolve();

  /** Opens or begins the journal of a store. @throws where it belongs to another sweep, naming the first difference. */
  static async open(store: Store | undefined, identity: Identity, basis: Basis): Promise<Journal> {
    const lines = store ? await journalLines(store, journalFile) : [];
    if (store && lines.length === 0) await store.write([[journalFile, headOf(identity)]]);
    if (!store || lines.length === 0) return new Journal(store, []);
    const where = `${store.name}/${journalFile}`;
    requireSame(where, storedIdentity(where, lines[0], { identity, basis }), identity);
    return new Journal(
      store,
      lines
        .slice(1)
        .map((line, i) => journalEntry(`${where}, line ${i + 2}`, line, sweepEntrySchema)),
    );
  }

  private constructor(store: Store | undefined, entries: readonly SweepEntry[]) {
    this.store = store;
    for (const entry of entries) this.known.set(keyOf(entry), entry);
  }

  get entries(): SweepEntry[] {
    return [...this.known.values()];
  }

  has(index: number, seed: number): boolean {
    return this.known.has(keyOf({ index, seed }));
  }

  /** Resolves when it is kept. */
  add(entry: SweepEntry): Promise<void> {
    this.known.set(keyOf(entry), entry);
    const line = `${JSON.stringify(entry)}\n`;
    this.kept = this.kept.then(() => this.store?.append(journalFile, line));
    return this.kept;
  }
}

const keyOf = ({ index, seed }: Pick<SweepEntry, 'index' | 'seed'>): string => `${index}/${seed}`;

const headOf = (identity: Identity): string =>
  `${JSON.stringify({ format: 'sweep', version: 1, ...identity })}\n`;

/** What a journal is of, and its entries, without changing the store. @throws where it is damaged */
export async function readJournal(
  store: Store,
): Promise<{ readonly head: JournalHead; readonly entries: readonly SweepEntry[] }> {
  const where = `${store.name}/${journalFile}`;
  const text = textOf((await store.read(journalFile)) ?? new Uint8Array());
  const [first = '', ...lines] = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(line => line !== '');
  const head = parseJson(`${where}, line 1`, first, journalHeadSchema, 1);
  return {
    head,
    entries: lines.map((line, i) =>
      journalEntry(`${where}, line ${i + 2}`, line, sweepEntrySchema),
    ),
  };
}

/** What is wanted now. */
interface Wanted {
  readonly identity: Identity;
  readonly basis: Basis;
}

function storedIdentity(where: string, line: string, wanted: Wanted): Identity {
  const {
    format: _,
    version,
    ...stored
  } = parseJson(`${where}, line 1`, line, journalHeadSchema, 1);
  if (version !== undefined) return stored as Identity;
  requireSameDirections(where, stored, wanted.basis);
  const { rows } = wanted.identity;
  return {
    ...(stored as Identity),
    ...(stored.basis.startsWith('fourier:') && { addressing: 'places' }),
    ...(rows !== undefined && { rows }), // files were not looked at
  };
}

/** @throws where indices in a journal from before versions are those of other directions now */
function requireSameDirections(
  where: string,
  { basis: name, image }: Pick<z.infer<typeof journalHeadSchema>, 'basis' | 'image'>,
  { shape }: Basis,
): void {
  if (name.startsWith('dct:'))
    throw new Error(
      `${where}: written by an older nads, in which indices of ${name} counted a grid row by row; they are ordered by frequency now, so that the same indices mean other directions; choose another \`out\``,
    );
  if (/^(nads|random):/.test(name) && shape.channels === 1 && !image.startsWith('1x'))
    throw new Error(
      `${where}: written by an older nads, in which ${name} held directions of whole images; it holds directions of one channel now; choose another \`out\``,
    );
}
