import * as z from 'zod/mini';
import { requireSame, type Identity } from '../identity.js';
import { journalEntry } from '../journal-entry.js';
import { parseJson } from '../parse-json.js';
import { textOf, type Store } from '../store.js';

/** The file of a store that holds what a search has found out. */
const journalFile = 'journal.jsonl';

/** The first line: all that decides the others. */
const headSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** Every other line: what is known of a cell; null stands for −∞. */
const entrySchema = z.object({
  what: z.enum(['accuracy', 'score']),
  cell: z.string(),
  value: z.nullable(z.number()),
});

type Entry = z.infer<typeof entrySchema>;

/** What is known of cells, a line each, kept as it comes: a search that is run again asks it first, and so goes on where it was. */
export class SearchJournal {
  private readonly store: Store | undefined;
  private readonly known = new Map<string, number>();

  /** Opens or begins the journal of a store. @throws where it belongs to another search, naming the first difference. */
  static async open(store: Store | undefined, identity: Identity): Promise<SearchJournal> {
    const journal = new SearchJournal(store);
    const text = textOf((await store?.read(journalFile)) ?? new Uint8Array());
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole === '') await store?.write([[journalFile, `${JSON.stringify(identity)}\n`]]);
    else await journal.read(whole, identity);
    return journal;
  }

  private constructor(store: Store | undefined) {
    this.store = store;
  }

  /** What is known, or comes out of `find` and is known from then on. */
  async of(what: Entry['what'], cell: string, find: () => Promise<number>): Promise<number> {
    const there = this.known.get(`${what} ${cell}`);
    if (there !== undefined) return there;
    const value = await find();
    this.known.set(`${what} ${cell}`, value);
    const entry: Entry = { what, cell, value: value === -Infinity ? null : value };
    await this.store?.append(journalFile, `${JSON.stringify(entry)}\n`);
    return value;
  }

  private async read(whole: string, identity: Identity): Promise<void> {
    const where = `${this.store!.name}/${journalFile}`;
    const [head, ...lines] = whole.trimEnd().split('\n');
    requireSame(where, parseJson(`${where}, line 1`, head, headSchema, 1), identity);
    lines.forEach((line, i) => {
      const { what, cell, value } = journalEntry(`${where}, line ${i + 2}`, line, entrySchema);
      this.known.set(`${what} ${cell}`, value ?? -Infinity);
    });
    // without a line that was cut off half-way
    await this.store!.write([[journalFile, whole]]);
  }
}
