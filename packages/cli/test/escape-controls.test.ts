import { eraseLine, escapeControls, escapeLine } from '../src/terminal/escape-controls.js';

test('characters that move the cursor, colour text or turn its direction are shown as in JSON', () => {
  expect(escapeControls('a\u001b[2J\u0007b\u009b31m\u202eé✓')).toBe(
    'a\\u001b[2J\\u0007b\\u009b31m\\u202eé✓',
  );
});

test('ends of lines and tabs stay, a line is taken away only by what begins with it', () => {
  expect(escapeControls('a\tb\n')).toBe('a\tb\n');
  expect(escapeControls(`${eraseLine}images ${eraseLine}`)).toBe(
    `${eraseLine}images \\u000d\\u001b[K`,
  );
});

test('a name does not end a line', () => {
  expect(escapeLine('x\nnads: all good')).toBe('x\\nnads: all good');
  expect(escapeLine('x\u2028y\u2029z')).toBe('x\\u2028y\\u2029z');
});
