import { textWidth } from './text-width.js';

/**
 * A text in lines that fit into a width: broken at spaces, names longer than a line also behind `/`, `-`, `_` and `.`, and
 * what is still too long between any two characters.
 * @param width in pixels
 */
export function wrapped(text: string, width: number, fontSize: number): string[] {
  const fits = (line: string): boolean => textWidth(line.trimEnd(), fontSize) <= width;
  const pieces = [/(?<= )/u, /(?<=[/\-_.])/u, /(?:)/u].reduce<string[]>(
    (parts, boundary) => parts.flatMap(part => (fits(part) ? [part] : part.split(boundary))),
    [text],
  );
  return filled(pieces, fits).map(line => line.trimEnd());
}

/** Pieces put into as few lines as they take, in their order. */
function filled(pieces: readonly string[], fits: (line: string) => boolean): string[] {
  const lines = [''];
  for (const piece of pieces) {
    const longer = `${lines.at(-1)}${piece}`;
    if (lines.at(-1) === '' || fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines;
}
