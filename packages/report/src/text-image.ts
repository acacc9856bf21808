import { glyph, lineHeight } from './glyphs.js';
import { beside, blank, enlarge, type Colour, type RasterImage } from './image.js';

/**
 * One line of text, black on white and as wide as it runs, in a built-in face of 7-pixel capitals.
 * @param scale how many pixels each dot of the face takes; the height is 9 · scale
 */
export function textImage(text: string, scale = 1, colour: Colour = [0, 0, 0]): RasterImage {
  const letters = Array.from(text, character => glyphImage(character, colour));
  return enlarge(beside(letters, 1), scale);
}

function glyphImage(character: string, colour: Colour): RasterImage {
  const rows = glyph(character);
  const image = blank(rows[0].length, lineHeight);
  rows.forEach((row, y) => {
    for (let x = 0; x < image.width; x++)
      if (row[x] === '1') image.data.set(colour, 3 * (y * image.width + x));
  });
  return image;
}
