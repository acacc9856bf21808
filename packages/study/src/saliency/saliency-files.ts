import type { ImageShape } from '@nads/basis';
import { encodeNpy } from '@nads/dataset';
import {
  above,
  beside,
  encodePng,
  enlarge,
  heatMap,
  heatOverlay,
  pad,
  pictureImage,
  textImage,
  type RasterImage,
} from '@nads/report';
import type { NamedFile } from '../store.js';
import type { SaliencyMethod } from './attributions.js';
import { saliencySummary } from './saliency-summary.js';
import type { PictureSaliency, Saliency } from './saliency.js';

/** All files of saliency maps: those of every picture, and saliency.json. */
export const saliencyFiles = (found: Saliency): NamedFile[] => [
  ...found.pictures.flatMap(pictureFiles),
  saliencyJson(found),
];

/** saliency.json. */
export const saliencyJson = (found: Saliency): NamedFile => [
  'saliency.json',
  `${JSON.stringify(saliencySummary(found), null, 2)}\n`,
];

/** Of one picture a .npy [C, H, W] and a .png for every method: the picture, the map, the map over the picture. */
export const pictureFiles = ({ stem, maps, shown, image }: PictureSaliency): NamedFile[] =>
  [...maps].flatMap(([method, map]): NamedFile[] => [
    [`${stem}.${method}.npy`, array(map, image)],
    [`${stem}.${method}.png`, encodePng(panels(map, method, shown, image))],
  ]);

/** Attributions have a sign; of gradients only the size says how much a pixel matters. */
const signed: Readonly<Record<SaliencyMethod, boolean>> = {
  gradient: false,
  'gradient-x-input': true,
  integrated: true,
  smooth: false,
};

const array = (map: Float64Array, { channels, height, width }: ImageShape): Uint8Array =>
  encodeNpy({
    dtype: 'float32',
    shape: [channels, height, width],
    data: Float32Array.from(map),
  });

/** About how wide a picture is drawn, in pixels. */
const usualWidth = 256;

function panels(
  map: Float64Array,
  method: SaliencyMethod,
  shown: Float32Array,
  { channels, height, width }: ImageShape,
): RasterImage {
  const area = height * width;
  const picture = pictureImage(channels === 3 ? shown : shown.subarray(0, area), height, width);
  const values = overChannels(map, area, signed[method]);
  const options = { values, height, width, signed: signed[method] };
  const factor = Math.max(1, Math.round(usualWidth / width));
  const panel = (image: RasterImage, caption: string): RasterImage =>
    above([enlarge(image, factor), textImage(caption, 2)], 4);
  const margin = 12;
  return pad(
    beside(
      [
        panel(picture, 'image'),
        panel(heatMap(options), method),
        panel(heatOverlay(picture, options), 'overlay'),
      ],
      margin,
    ),
    { top: margin, right: margin, bottom: margin, left: margin },
  );
}

/** Attributions summed over channels; of values without a sign the largest magnitude (Simonyan et al. 2014). */
function overChannels(map: Float64Array, area: number, withSign: boolean): Float64Array {
  const values = new Float64Array(area);
  map.forEach((value, i) => {
    const at = i % area;
    values[at] = withSign ? values[at] + value : Math.max(values[at], Math.abs(value));
  });
  return values;
}
