import type { ScoreName } from '@nads/score';
import * as z from 'zod/mini';
import { csv, readCsv, type Cell } from '../../csv.js';
import { requireSame, type Identity } from '../../identity.js';
import { parseJson } from '../../parse-json.js';
import { textOf, type Store } from '../../store.js';
import type { CellScores } from './cell-scores.js';

/** The settings beside a table. */
const identitySchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null()]),
);

/** What belongs to a table of cells. */
export interface CellTableOptions {
  /** The file of the store that holds the table. */
  readonly file: string;
  readonly scores: readonly ScoreName[];
  /** Whether standard errors are known. */
  readonly hasErrors: boolean;
  /** All that decides what is in the table. */
  readonly identity: Identity;
}

/**
 * A CSV table of scores, a line for each cell, kept as lines come: what is in it is not computed again. Beside it the settings it
 * belongs to, in FILE.json. A line that was cut off half-way is dropped.
 */
export class CellTable {
  private readonly store: Store;
  private readonly options: CellTableOptions;
  /** The rest of a line by its cell. */
  private readonly rows = new Map<string, readonly Cell[]>();

  /** Opens or begins a table. @throws where it belongs to other settings, naming the first. */
  static async open(store: Store, options: CellTableOptions): Promise<CellTable> {
    const table = new CellTable(store, options);
    await table.begin();
    return table;
  }

  private constructor(store: Store, options: CellTableOptions) {
    this.store = store;
    this.options = options;
  }

  has(cell: string): boolean {
    return this.rows.has(cell);
  }

  /** Resolves when it is kept. */
  async add(cell: string, scores: CellScores): Promise<void> {
    const row = this.columns.map(({ name, key }) => scores[name]?.[key]);
    this.rows.set(cell, row);
    const [, line] = csv(this.head, [[cell, ...row]]).split('\n');
    await this.store.append(this.options.file, `${line}\n`);
  }

  /** Writes all lines, in the order of these cells. */
  async finish(cells: readonly string[]): Promise<void> {
    const lines = cells.flatMap(cell => {
      const row = this.rows.get(cell);
      return row ? [[cell, ...row]] : [];
    });
    await this.store.write([[this.options.file, csv(this.head, lines)]]);
  }

  private get columns(): readonly { readonly name: ScoreName; readonly key: keyof Row }[] {
    const { scores, hasErrors } = this.options;
    const keys: readonly (keyof Row)[] = hasErrors ? ['mean', 'standardError'] : ['mean'];
    return scores.flatMap(name => keys.map(key => ({ name, key })));
  }

  private get head(): string[] {
    const columns = this.columns.map(({ name, key }) =>
      key === 'mean' ? name : `${name}_standard_error`,
    );
    return ['cell', ...columns];
  }

  private get settingsFile(): string {
    return `${this.options.file}.json`;
  }

  private async begin(): Promise<void> {
    const { store, options, settingsFile } = this;
    const [bytes, settings] = [await store.read(options.file), await store.read(settingsFile)];
    if (!bytes) return this.start();
    const where = `${store.name}/${options.file}`;
    if (!settings)
      throw new Error(`${where}: exists, and no ${settingsFile} beside it; choose another \`out\``);
    requireSame(
      where,
      parseJson(`${where}.json`, textOf(settings), identitySchema, 1),
      options.identity,
    );
    const whole = textOf(bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1));
    for (const row of readCsv(whole, this.head, where)) {
      this.head.slice(1).forEach(row.number); // cells stay as they were written
      this.rows.set(row.cell('cell'), this.head.slice(1).map(row.cell));
    }
    await this.finish([...this.rows.keys()]);
  }

  private start(): Promise<void> {
    const settings = `${JSON.stringify(this.options.identity, null, 2)}\n`;
    return this.store.write([
      [this.settingsFile, settings],
      [this.options.file, csv(this.head, [])],
    ]);
  }
}

type Row = NonNullable<CellScores[ScoreName]>;
