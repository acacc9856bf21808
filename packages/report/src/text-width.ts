/** Advance widths of DejaVu Sans from space to tilde, in hundredths of an em: most sans-serif faces are narrower. */
// prettier-ignore
const printable = [
  32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84,
  53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39,
  84, 50, 50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34,
  64, 84,
];
/** Of other characters: most Latin, Greek and Cyrillic letters are narrower. */
const others = 84;

/** How wide a text of this size runs at most in a usual sans-serif face, in pixels. */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const character of text) width += printable[character.codePointAt(0)! - 0x20] ?? others;
  return (width * fontSize) / 100;
}
