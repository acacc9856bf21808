import { decode } from 'fast-png';
import { chart, imageSheet, sheetSvg } from '../src/index.js';
import { resizedSvg, svgToPdf, svgToPng } from '../src/node/index.js';

const svg = chart({
  title: 'λ of ∂²f',
  series: [{ x: [0, 1], y: [0, 1] }],
  width: 480,
  height: 240,
});
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

test('a PNG is as large as width and resolution say', async () => {
  const sizes = await Promise.all(
    [{ dpi: 96 }, { width: 25.4, dpi: 300 }, { width: 50.8 }].map(async size => {
      const { width, height } = decode(await svgToPng(svg, size));
      return [width, height];
    }),
  );
  expect(sizes).toEqual([
    [480, 240],
    [300, 150],
    [600, 300],
  ]);
});

test('pixels of images stay squares of one colour, at any size', async () => {
  const data = Uint8Array.from([0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 0]);
  const sheet = sheetSvg(imageSheet({ width: 2, height: 2, data }, 8));
  const { data: drawn } = decode(await svgToPng(sheet, { dpi: 960 }));
  expect([...new Set(drawn)].toSorted((a, b) => a - b)).toEqual([0, 255]);
});

test('a PDF has one page of the size, and text that can be searched', async () => {
  const pdf = text(await svgToPdf(svg, { width: 88.9 }));
  expect(pdf).toMatch(/^%PDF-/u);
  expect(pdf).toContain('/MediaBox [0 0 252 126]');
  expect(pdf.match(/\/Type \/Page\b/gu)).toHaveLength(1);
  expect(pdf).toMatch(/\/BaseFont \/[A-Z]+\+DejaVuSans/u);
});

test('the same picture gives the same bytes', async () => {
  expect(await svgToPdf(svg)).toEqual(await svgToPdf(svg));
  expect(await svgToPng(svg)).toEqual(await svgToPng(svg));
});

test('an SVG document of another width says it in millimetres', () => {
  expect(resizedSvg(svg, {})).toBe(svg);
  const narrow = resizedSvg(svg, { width: 89 });
  expect(narrow).toMatch(/^<svg [^>]*width="89mm" height="44\.5mm" viewBox="0 0 480 240"/u);
});

test('what is no picture is refused', async () => {
  await expect(svgToPng('<html>')).rejects.toThrow('not an SVG document');
  await expect(svgToPdf('')).rejects.toThrow('not an SVG document');
});
