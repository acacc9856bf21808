/**
 * What the buttons of a page do: copy a table as CSV, save a figure as SVG. Text that a spreadsheet would compute begins with an
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
for (const button of document.querySelectorAll('button')) {
  button.hidden = false;
  button.addEventListener('click', () => ('copy' in button.dataset ? copy : save)(button));
}
`;
