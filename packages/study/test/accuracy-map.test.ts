import { sequential, sheetSvg } from '@nads/report';
import { accuracyMap } from '../src/sweep/accuracy-map.js';

const size = [2, 1] as const;
const draw = (accuracies: readonly (number | undefined)[]) =>
  accuracyMap({ title: 'lenet along fourier:2', size, accuracies });

/** Colours of a cell, each once. */
function coloursIn(accuracies: readonly (number | undefined)[], cell: number): string[] {
  const [{ image }] = draw(accuracies).images;
  const half = image.width / 2;
  const colours = new Set<string>();
  for (let at = 0; at < image.width * image.height; at++)
    if (Math.floor((at % image.width) / half) === cell)
      colours.add([...image.data.subarray(3 * at, 3 * at + 3)].join());
  return [...colours];
}

test('colours run from chance to 100 %, whatever else is on the map', () => {
  for (const other of [50, 99, undefined]) {
    expect(coloursIn([50, other], 0)).toEqual([sequential(0).join()]);
    expect(coloursIn([75, other], 0)).toEqual([sequential(0.5).join()]);
    expect(coloursIn([100, other], 0)).toEqual([sequential(1).join()]);
  }
  expect(coloursIn([43, 50], 0)).toEqual([sequential(0).join()]);
});

test('a place without a network is hatched, like nothing that was trained', () => {
  expect(coloursIn([60, undefined], 1).toSorted()).toEqual(['170,170,170', '255,255,255']);
});

test('who points at a place is told its direction and accuracy', () => {
  const svg = sheetSvg(draw([undefined, 97.25]));
  expect([...svg.matchAll(/<title>([^<]*)</g)].map(([, text]) => text)).toEqual([
    'direction 1:0, 97.3 %',
  ]);
});

test('pages show the direction of a place to who points at it, and pictures elsewhere do not', () => {
  const image = { width: 2, height: 2, data: new Uint8Array(12) };
  const map = accuracyMap({
    title: 'a map',
    size,
    accuracies: [60, undefined],
    directionOf: () => image,
  });
  const [{ picture }] = map.hints;
  expect(picture).toMatchObject({ image, side: 48 });
  expect(picture!.x + 96).toBeLessThanOrEqual(map.width);
  expect(sheetSvg(map)).toMatch(
    /<g class="hint"><rect [^>]*><title>[^<]*<\/title><\/rect><image visibility="hidden" /,
  );
  expect(sheetSvg(draw([60, 70]))).not.toContain('visibility');
});

test('the legend says what colours and hatching mean', () => {
  const svg = sheetSvg(draw([60, 70]));
  for (const text of ['lenet along fourier:2', 'chance, 50 %', '100 %', 'no network'])
    expect(svg).toContain(`>${text}<`);
});
