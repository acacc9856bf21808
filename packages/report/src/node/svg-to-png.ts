import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { faces, family, fontFile } from './fonts.js';
import { drawnInches, type DrawnSize } from './svg-size.js';

type Renderer = typeof import('@resvg/resvg-wasm');

let loading: Promise<Renderer> | undefined;

/** The renderer and its code, which can be begun once only. */
async function begin(): Promise<Renderer> {
  const renderer = await import('@resvg/resvg-wasm');
  const { resolve } = createRequire(import.meta.url);
  await renderer.initWasm(readFileSync(resolve('@resvg/resvg-wasm/index_bg.wasm')));
  return renderer;
}

/** Pixels of a picture: 256 MB while it is drawn. */
const most = 2 ** 26;

/** Of a printed page. */
const usualResolution = 300;

/**
 * An SVG document of this package as a PNG, its text in an embedded font.
 * @param dpi pixels to the inch
 * @throws where it would have more than 2²⁶ pixels
 */
export async function svgToPng(
  svg: string,
  { dpi = usualResolution, ...size }: DrawnSize & { readonly dpi?: number } = {},
): Promise<Uint8Array> {
  const inches = drawnInches(svg, size);
  const [width, height] = [inches.width, inches.height].map(side =>
    Math.max(1, Math.round(side * dpi)),
  );
  if (width * height > most)
    throw new Error(
      `a picture of ${width}×${height} pixels is too large; choose a smaller \`width\` or \`dpi\``,
    );
  const { Resvg } = await (loading ??= begin());
  const drawing = new Resvg(withSquarePixels(svg), {
    fitTo: { mode: 'width', value: width },
    font: { fontBuffers: faces.map(fontFile), defaultFontFamily: family, sansSerifFamily: family },
  });
  try {
    return drawing.render().asPng();
  } finally {
    drawing.free();
  }
}

/** The renderer knows the name of SVG 1.1 for what CSS calls pixelated. */
const withSquarePixels = (svg: string): string =>
  svg.replaceAll('image-rendering="pixelated"', 'image-rendering="optimizeSpeed"');
