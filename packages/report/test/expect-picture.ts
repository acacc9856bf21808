import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkSvg } from './svg-marks.js';

const folder = fileURLToPath(new URL('pictures/', import.meta.url));

/**
 * Asserts that a picture is that of test/pictures but for parts of pixels. One that is not is written beside it as NAME.changed.svg;
 * with NADS_PICTURES=write in its place.
 */
export function expectPicture(name: string, svg: string): void {
  checkSvg(svg);
  const [file, changed] = [`${folder}${name}.svg`, `${folder}${name}.changed.svg`];
  if (process.env.NADS_PICTURES === 'write') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, svg);
  }
  rmSync(changed, { force: true });
  const expected = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (rounded(svg) === rounded(expected)) return;
  writeFileSync(changed, svg);
  throw new Error(
    `picture '${name}' has changed: compare ${changed} with ${file}; NADS_PICTURES=write takes it over`,
  );
}

/** Numbers in whole pixels, an element a line. */
const rounded = (svg: string): string =>
  svg
    .replaceAll(/-?\d+\.\d+/gu, number => String(Math.round(Number(number))))
    .replaceAll('><', '>\n<');
