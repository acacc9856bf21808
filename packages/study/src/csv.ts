import Papa from 'papaparse';

/** A cell: infinite numbers as 'inf', unknown values empty. */
export type Cell = string | number | boolean | undefined;

/** What spreadsheets compute: text that begins like a formula, as names in a file may. Numbers with a sign are none. */
const formula = /^(?:[=@\t\r]|[+-](?!(?:inf|\d+(?:\.\d*)?(?:e[+-]?\d+)?)$))/;

/** A table as CSV (RFC 4180), lines ending in \n; text that a spreadsheet would compute begins with an apostrophe. */
export function csv(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [[...head], ...rows.map(row => row.map(text))];
  return `${Papa.unparse(lines, { newline: '\n', escapeFormulae: formula })}\n`;
}

function text(cell: Cell): Cell {
  if (typeof cell !== 'number' || Number.isFinite(cell)) return cell;
  return Number.isNaN(cell) ? undefined : cell > 0 ? 'inf' : '-inf';
}

/** A line of a table: its cells by their columns, and its number in the file. */
export interface Row {
  readonly line: number;
  readonly cell: (column: string) => string;
  /** A cell as `csv` writes numbers: infinite ones as 'inf', NaN empty. @throws where it is none, naming file and line */
  readonly number: (column: string) => number;
}

/**
 * The lines of a CSV file with a head. @throws where it has not all columns that are needed, or is damaged; messages start
 * with `file`
 */
export function readCsv(contents: string, columns: readonly string[], file: string): Row[] {
  const { data, errors, meta } = Papa.parse<Record<string, string | undefined>>(contents, {
    header: true,
    skipEmptyLines: true,
    delimitersToGuess: [',', ';', '\t'], // cells of search spaces hold other ones
    transformHeader: name => name.trim(),
  });
  const missing = columns.find(column => !meta.fields?.includes(column));
  if (missing !== undefined)
    throw new Error(`${file}: has no column '${missing}'; it needs ${columns.join(', ')}`);
  const [error] = errors.filter(({ type }) => type !== 'Delimiter');
  if (error)
    throw new Error(`${file}, line ${lineOf(error.row ?? 0)}: ${error.message.toLowerCase()}`);
  return data.map((row, index) => {
    const line = lineOf(index);
    const cell = (column: string): string => (row[column] ?? '').trim();
    const number = (column: string): number =>
      numberOf(cell(column), column, `${file}, line ${line}`);
    return { line, cell, number };
  });
}

/** What numbers that JSON and Number have no text for are written as. */
const others: ReadonlyMap<string, number> = new Map([
  ['', NaN],
  ['inf', Infinity],
  ['-inf', -Infinity],
]);

/** A number with a sign may have an apostrophe before it: older versions wrote it so. */
function numberOf(given: string, column: string, where: string): number {
  const cell = given.replace(/^'(?=[+-])/, '');
  const number = others.get(cell) ?? Number(cell);
  if (Number.isFinite(number) || others.has(cell)) return number;
  throw new Error(`${where}: '${cell}' in column '${column}' is not a number`);
}

/** The head is line 1. */
const lineOf = (row: number): number => row + 2;
