import { blank, blit, enlarge, type Colour, type RasterImage } from './image.js';
import type { Sheet } from './sheet.js';
import { textImage } from './text-image.js';

const black: Colour = [0, 0, 0];
const grey: Colour = [102, 102, 102];

/**
 * A sheet as a picture with text in a built-in face: a preview that is drawn at once.
 * @param scale pixels of the picture for each of the sheet; a pixel of an image takes a whole number of them
 */
export function sheetImage(
  { width, height, images, texts, frames }: Sheet,
  scale = 2,
): RasterImage {
  const picture = blank(Math.ceil(width * scale), Math.ceil(height * scale));
  const put = (image: RasterImage, x: number, y: number): void =>
    blit(picture, image, Math.round(x * scale), Math.round(y * scale));
  for (const { x, y, width: across, height: down } of frames) {
    const [wide, high] = [across, down].map(length => Math.round(length * scale) + 2);
    blit(picture, blank(wide, high, grey), Math.round(x * scale) - 1, Math.round(y * scale) - 1);
  }
  for (const { image, x, y, side } of images)
    put(enlarge(image, Math.max(1, Math.round(side * scale))), x, y);
  for (const { text, x, y, faint } of texts)
    put(textImage(text, scale, faint ? grey : black), x, y + 1);
  return picture;
}
