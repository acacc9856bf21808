import { csv, readCsv } from '../src/csv.js';

test('cells with commas, quotes and line ends are quoted, and read back', () => {
  const names = ['plain', 'a, b', 'say "a"', 'two\nlines', ''];
  const file = csv(
    ['id', 'name'],
    names.map((name, id) => [id, name]),
  );
  expect(file).toBe('id,name\n0,plain\n1,"a, b"\n2,"say ""a"""\n3,"two\nlines"\n4,\n');
  expect(readCsv(file, ['id', 'name'], 'file').map(({ cell }) => cell('name'))).toEqual(names);
});

test('numbers that are none', () => {
  expect(csv(['x'], [[NaN], [Infinity], [-Infinity], [undefined], [0.1]])).toBe(
    'x\n\ninf\n-inf\n\n0.1\n',
  );
});

test('a table without lines is its head', () => {
  expect(csv(['a', 'b'], [])).toBe('a,b\n');
});

test('columns may come in any order, with spaces and more of them', () => {
  const [row] = readCsv('extra, b ,a\r\n9, 2 ,1\r\n', ['a', 'b'], 'file');
  expect([row.cell('a'), row.cell('b'), row.line]).toEqual(['1', '2', 2]);
});

test('a column whose cells hold bars is one column', () => {
  const [row] = readCsv('cell\n|none~0|+|none~0|none~1|\n', ['cell'], 'file');
  expect(row.cell('cell')).toBe('|none~0|+|none~0|none~1|');
});

test.each([
  ['a\n1\n', /^file: has no column 'b'; it needs a, b/],
  ['', /^file: has no column 'a'/],
  ['a,b\n1,2\n3\n', /^file, line 3: too few fields/],
  ['a,b\n1,2,3\n', /^file, line 2: too many fields/],
  ['a,b\n1,"2\n', /^file, line \d: quoted field unterminated/],
])('%j is refused', (contents, message) => {
  expect(() => readCsv(contents, ['a', 'b'], 'file')).toThrow(message);
});

test.each(['=HYPERLINK("x")', '+1+cmd', '-2+3', '@SUM(A1)', '\t=1'])(
  'a name %j is not computed by a spreadsheet',
  name => {
    const file = csv(['name', 'value'], [[name, -0.5]]);
    expect(file).toBe(`name,value\n"'${name.replaceAll('"', '""')}",-0.5\n`);
  },
);

test.each(['-133.38', '+2', '-1.5e-7', '-inf'])(
  '%j is a number, no formula, as text too',
  number => {
    expect(csv(['value'], [[number]])).toBe(`value\n${number}\n`);
  },
);

test('cells that are to hold numbers hold them', () => {
  const [row] = readCsv('a,b,c,d,e\n1e-3,,inf,-inf,much\n', ['a'], 'file');
  expect(['a', 'b', 'c', 'd'].map(row.number)).toEqual([1e-3, NaN, Infinity, -Infinity]);
  const [old] = readCsv("a,b\n'-133.4,'-x\n", ['a'], 'file');
  expect(old.number('a')).toBe(-133.4);
  expect(() => old.number('b')).toThrow('is not a number');
  expect(() => row.number('e')).toThrow("file, line 2: 'much' in column 'e' is not a number");
});
