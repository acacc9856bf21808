/**
 * What the buttons of a page do: copy a table as CSV, save a figure as SVG, sort a table by a column: numbers by size, largest first, then
 * texts, unknown ones last. Text that a spreadsheet would compute begins with an
 * apostrophe, and what is unknown is empty. Where a browser does not let a page copy, the table is selected.
 */
export const pageScript = `
const cellOf = ({ textContent }) => {
  const text = textContent.replaceAll('\\u00a0', ' ');
  if (text === '-') return '';
  const safe = /^(?:[=@]|[+-](?!\\d|\\.|inf$))/.test(text) ? "'" + text : text;
  return /[",\\n]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
};
const csvOf = table => [...table.rows].map(row => [...row.cells].map(cellOf).join(',') + '\\n').join('');
const copy = async button => {
  const table = button.closest('table');
  try {
    await navigator.clipboard.writeText(csvOf(table));
    button.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(table);
    button.textContent = 'Selected: copy it';
  }
};
const save = button => {
  const svg = new XMLSerializer().serializeToString(button.closest('figure').querySelector('svg'));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  link.download = button.dataset.save;
  link.click();
};
const orderOf = cell => {
  const text = cell.textContent;
  const number = parseFloat(text.replace('−', '-'));
  return text === '-' || text === '' ? [2, 0, ''] : isNaN(number) ? [1, 0, text] : [0, -number, ''];
};
const compare = (a, b, sign) => a[0] - b[0] || sign * (a[1] - b[1] || a[2].localeCompare(b[2]));
const sort = ({ parentElement: head }) => {
  const [body] = head.closest('table').tBodies;
  const turned = head.getAttribute('aria-sort') === 'descending';
  for (const other of head.parentElement.cells) other.removeAttribute('aria-sort');
  head.setAttribute('aria-sort', turned ? 'ascending' : 'descending');
  const sign = turned ? -1 : 1;
  const keys = new Map([...body.rows].map(row => [row, orderOf(row.cells[head.cellIndex])]));
  body.append(...[...keys.keys()].sort((a, b) => compare(keys.get(a), keys.get(b), sign)));
};
for (const head of document.querySelectorAll('table[data-sort] thead th')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset.sort = '';
  button.append(...head.childNodes);
  head.append(button);
}
for (const button of document.querySelectorAll('button')) {
  button.hidden = false;
  const act = 'sort' in button.dataset ? sort : 'copy' in button.dataset ? copy : save;
  button.addEventListener('click', () => act(button));
}
`;
