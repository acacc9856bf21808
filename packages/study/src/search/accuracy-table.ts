import { formatCell, parseCell } from '@nads/train/cells';
import { readCsv } from '../csv.js';
import { digest } from '../source-model.js';
import type { CellSource } from './search.js';

/**
 * Accuracies of cells from a CSV file with a column `cell`; cells without a number are left out.
 * @param column of accuracies in %.
 * @throws one line that names the file, and the line of a cell or number that is none
 */
export function accuracyTable(contents: string, file: string, column: string): CellSource {
  const known = new Map<string, number>();
  for (const { cell, line } of readCsv(contents, ['cell', column], file)) {
    const text = cell(column);
    if (text === '') continue;
    const accuracy = Number(text);
    if (!Number.isFinite(accuracy))
      throw new Error(`${file}, line ${line}: '${text}' in column '${column}' is no accuracy`);
    known.set(formatCell(parseCell(cell('cell'))), accuracy);
  }
  if (known.size === 0) throw new Error(`${file}: column '${column}' holds no accuracies`);
  return {
    cells: [...known.keys()],
    accuracyOf: async cell => known.get(cell)!,
    accuracy: column,
    identity: { accuracies: digest(new TextEncoder().encode(contents)) },
  };
}
