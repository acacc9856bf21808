import { faces, fontFile } from './fonts.js';
import { drawnInches, svgSize, type DrawnSize } from './svg-size.js';

/** Of PDF. */
const pointsPerInch = 72;

/** An SVG document of this package as a PDF of one page of its size: vectors, and text in an embedded font. */
export async function svgToPdf(svg: string, size: DrawnSize = {}): Promise<Uint8Array> {
  const [{ default: Document }, { default: draw }] = await Promise.all([
    import('pdfkit'),
    import('svg-to-pdfkit'),
  ]);
  const inches = drawnInches(svg, size);
  const [width, height] = [inches.width * pointsPerInch, inches.height * pointsPerInch];
  const document = new Document({ size: [width, height], margin: 0, info, font: '' }); // none of PDF's own fonts
  const written = collected(document);
  for (const face of faces) document.registerFont(face, fontFile(face));
  const scale = width / svgSize(svg).width;
  document.scale(scale);
  draw(document, svg, 0, 0, {
    assumePt: true,
    fontCallback: (_, bold) => faces[bold ? 1 : 0],
    warningCallback: problem => {
      throw new Error(`report: cannot draw as PDF: ${problem}`);
    },
  });
  document.end();
  return written;
}

/** The same picture gives the same bytes. */
const info = { CreationDate: new Date(0) };

async function collected(document: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of document) parts.push(part);
  return Buffer.concat(parts);
}
