import { textImage } from '../src/text-image.js';
import { glyph, lineHeight } from '../src/glyphs.js';

/** Dark pixels as #, light ones as a dot, row by row. */
function drawing(text: string, scale = 1): string[] {
  const { width, height, data } = textImage(text, scale);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => (data[3 * (y * width + x)] ? '.' : '#')).join(''),
  );
}

const printable =
  ' !#%\'()*+,-./0123456789:<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz~|;"&²–±·×−λ';

test('letters stand one dot apart and hang below the line where they should', () => {
  expect(drawing('Ip')).toEqual([
    '###.....',
    '.#......',
    '.#..###.',
    '.#..#..#',
    '.#..#..#',
    '.#..#..#',
    '###.###.',
    '....#...',
    '....#...',
  ]);
});

test('text of twice the scale is twice as wide and high', () => {
  const [small, large] = [textImage('λ 0.5', 1), textImage('λ 0.5', 2)];
  expect([large.width, large.height]).toEqual([2 * small.width, 2 * small.height]);
});

test('every character has rows of one width, within the line, and a shape of its own', () => {
  const shapes = Array.from(printable, character => glyph(character));
  for (const rows of shapes) {
    expect(rows.length).toBeLessThanOrEqual(lineHeight);
    for (const row of rows) expect(row).toMatch(new RegExp(`^[01]{${rows[0].length}}$`, 'u'));
  }
  const distinct = new Set(shapes.map(rows => rows.join(' ')));
  // hyphen and minus look the same, so do O and 0
  expect(distinct.size).toBe(printable.length - 2);
});

test('characters without a shape become boxes, also those of two code units', () => {
  expect(drawing('漢')).toEqual(drawing('🙂'));
  expect(drawing('漢')[0]).toBe('#####');
});

test('letters with an accent that has no shape are drawn without it', () => {
  expect(drawing('Åéñ')).toEqual(drawing('Aen'));
});

test('text takes the colour it is given', () => {
  expect([...textImage('I', 1, [1, 2, 3]).data.subarray(0, 3)]).toEqual([1, 2, 3]);
});
