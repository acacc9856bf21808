import { drawnInches, type DrawnSize } from './svg-size.js';

/** An SVG document of this package drawn in another size, which it gives in millimetres. */
export function resizedSvg(svg: string, size: DrawnSize): string {
  if (size.width === undefined) return svg;
  const { width, height } = drawnInches(svg, size);
  return svg.replace(
    /^(<svg\b[^>]*?) width="[\d.]+" height="[\d.]+"/u,
    `$1 width="${inMillimetres(width)}" height="${inMillimetres(height)}"`,
  );
}

const inMillimetres = (inches: number): string => `${Number((25.4 * inches).toFixed(2))}mm`;
