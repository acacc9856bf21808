import { beside, blank, blit, enlarge, type RasterImage } from '../src/image.js';

/** A picture from letters: w white, r red, b black. */
function image(...rows: string[]): RasterImage {
  const colours: Record<string, number[]> = { w: [255, 255, 255], r: [255, 0, 0], b: [0, 0, 0] };
  const data = Uint8Array.from(rows.join(''), letter => letter.codePointAt(0)!);
  const bytes = Array.from(data, code => colours[String.fromCharCode(code)]).flat();
  return { width: rows[0].length, height: rows.length, data: Uint8Array.from(bytes) };
}

test('a blank image has one colour', () => {
  expect(blank(2, 1)).toEqual(image('ww'));
  expect(blank(1, 2, [255, 0, 0])).toEqual(image('r', 'r'));
});

test('enlarging makes every pixel a square', () => {
  expect(enlarge(image('rb', 'wr'), 2)).toEqual(image('rrbb', 'rrbb', 'wwrr', 'wwrr'));
});

test('an image is copied to its place', () => {
  const target = blank(4, 2);
  blit(target, image('r'), 1, 1);
  expect(target).toEqual(image('wwww', 'wrww'));
});

test('images stand beside each other with their tops level', () => {
  expect(beside([image('r', 'b'), image('bb')], 1)).toEqual(image('rwbb', 'bwww'));
});

test('no images make an image without pixels', () => {
  expect(beside([], 3)).toEqual({ width: 0, height: 0, data: new Uint8Array(0) });
});
