import { escaped } from './svg.js';

/** A table; the first cell of each row is its head. */
export interface PageTable {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A picture beside the page. */
export interface PagePicture {
  /** Its file name, relative to the page. */
  readonly file: string;
  readonly caption: string;
}

/** A page of paragraphs, then pictures, then tables. */
export interface PageOptions {
  readonly title: string;
  readonly paragraphs?: readonly string[];
  readonly pictures?: readonly PagePicture[];
  readonly tables?: readonly PageTable[];
}

const style = `
body { font-family: sans-serif; color: #222; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
figure { margin: 2rem 0 }
img { max-width: 100%; border: 1px solid #e4e4e4 }
table { border-collapse: collapse; margin: 2rem 0 }
caption, figcaption { text-align: left; color: #666; padding: .3rem 0 }
th, td { padding: .2rem .8rem; border-bottom: 1px solid #e4e4e4; text-align: right }
th:first-child { text-align: left; font-weight: normal }
`;

/** A whole HTML document without scripts; all text is escaped. */
export function page({ title, paragraphs = [], pictures = [], tables = [] }: PageOptions): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${escaped(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    `<h1>${escaped(title)}</h1>`,
    ...paragraphs.map(text => `<p>${escaped(text)}</p>`),
    ...pictures.map(figure),
    ...tables.map(tableMarkup),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const figure = ({ file, caption }: PagePicture): string =>
  `<figure><img src="${escaped(encodeURIComponent(file))}" alt="${escaped(caption)}">` +
  `<figcaption>${escaped(caption)}</figcaption></figure>`;

const tableMarkup = ({ caption, head, rows }: PageTable): string =>
  [
    `<table><caption>${escaped(caption)}</caption>`,
    `<thead><tr>${head.map(cell => `<th scope="col">${escaped(cell)}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map(rowMarkup),
    '</tbody></table>',
  ].join('\n');

const rowMarkup = ([first, ...cells]: readonly string[]): string =>
  `<tr><th scope="row">${escaped(first)}</th>${cells.map(cell => `<td>${escaped(cell)}</td>`).join('')}</tr>`;
