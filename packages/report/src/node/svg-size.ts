/** How large a picture is drawn. */
export interface DrawnSize {
  /** In millimetres; as the picture says, at 96 CSS pixels to the inch, if not given. */
  readonly width?: number;
}

/** Of a picture in CSS pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

const root = /^<svg\b[^>]*?\bviewBox="0 0 ([\d.]+) ([\d.]+)"/u;
const millimetres = 25.4;
const pixels = 96;

/** The size of an SVG document of this package. @throws where it is none */
export function svgSize(svg: string): Size {
  const [, width, height] = root.exec(svg) ?? [];
  if (width === undefined) throw new Error('report: not an SVG document with a viewBox from 0 0');
  return { width: Number(width), height: Number(height) };
}

/** The size that an SVG document is drawn in, in inches. */
export function drawnInches(svg: string, { width }: DrawnSize): Size {
  const own = svgSize(svg);
  const inches = width === undefined ? own.width / pixels : width / millimetres;
  return { width: inches, height: (inches * own.height) / own.width };
}
