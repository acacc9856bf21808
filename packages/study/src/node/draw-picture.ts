import type { NamedFile } from '../store.js';
import { svgOf, type Picture } from '../picture.js';

/** Formats that pictures are drawn in. */
export const pictureFormats = ['svg', 'png', 'pdf'] as const;

/** How pictures are drawn. */
export interface DrawOptions {
  readonly format: (typeof pictureFormats)[number];
  /** In millimetres; as the picture says, at 96 CSS pixels to the inch, if not given. */
  readonly width?: number;
  /** Pixels to the inch, of PNG; 300 if not given. */
  readonly dpi?: number;
}

/** A picture as a file. */
export async function drawPicture(
  picture: Picture,
  { format, width, dpi }: DrawOptions,
): Promise<NamedFile> {
  const svg = svgOf(picture);
  const { resizedSvg, svgToPdf, svgToPng } = await import('@nads/report/node');
  const drawn = {
    svg: () => resizedSvg(svg, { width }),
    png: () => svgToPng(svg, { width, dpi }),
    pdf: () => svgToPdf(svg, { width }),
  };
  return [`${picture.name}.${format}`, await drawn[format]()];
}
