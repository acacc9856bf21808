import { escaped } from '../svg.js';

/** A table; the first cell of each row is its head. */
export interface PageTable {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Whether readers can sort it by a column. */
  readonly sortable?: boolean;
}

/** A table in a frame of its own, in which a wide or long one moves. */
export const tableMarkup = ({ caption, head, rows, sortable = false }: PageTable): string =>
  [
    `<div class="table" role="group" tabindex="0" aria-label="${escaped(caption)}">`,
    sortable ? '<table data-sort>' : '<table>',
    `<caption>${escaped(caption)} <button type="button" hidden data-copy>Copy as CSV</button></caption>`,
    `<thead><tr>${head.map(headCell).join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map(rowMarkup),
    '</tbody>',
    '</table>',
    '</div>',
  ].join('\n');

/** An empty one is no head of anything. */
const headCell = (cell: string): string =>
  cell === '' ? '<td></td>' : `<th scope="col">${escaped(cell)}</th>`;

const rowMarkup = ([first, ...cells]: readonly string[]): string =>
  `<tr><th scope="row">${escaped(first)}</th>${cells.map(cell => `<td>${unbroken(escaped(cell))}</td>`).join('')}</tr>`;

/** Numbers stay beside their errors and units. */
const unbroken = (text: string): string => text.replaceAll(/ (?=[±%])|(?<=±) /gu, '\u00a0');
