import type { ImageShape } from '@nads/basis';
import {
  above,
  beside,
  colourBar,
  framed,
  heatMap,
  heatOverlay,
  imageSheet,
  lineSheet,
  paragraph,
  pictureImage,
  type HeatMapOptions,
  type RasterImage,
  type Sheet,
} from '@nads/report';
import type { Picture } from '../picture.js';
import type { SaliencyMethod } from './attributions.js';

/** Maps of one picture, as they are drawn. */
export interface PicturedSaliency {
  readonly stem: string;
  /** What was looked at, in words, as in 'cat.png: output 3 of net.onnx, logit 7.21'. */
  readonly title: string;
  /** From 0 to 1: [C·H·W]. */
  readonly shown: ArrayLike<number>;
  readonly image: ImageShape;
  /** [C·H·W] of each method. */
  readonly maps: ReadonlyMap<SaliencyMethod, ArrayLike<number>>;
}

/** A sheet of all methods, and one of each. */
export function saliencyPictures(found: PicturedSaliency): Picture[] {
  const methods = [...found.maps.keys()];
  return [
    { name: `${found.stem}.sheet`, draw: () => sheet(found, methods), caption: found.title },
    ...methods.map(method => ({
      name: `${found.stem}.${method}`,
      draw: () => sheet(found, [method]),
      caption: `${titles[method]}: ${found.title}`,
      isOnSheet: true,
    })),
  ];
}

/** Attributions have a sign; of gradients only the size says how much a pixel matters. */
const signed: Readonly<Record<SaliencyMethod, boolean>> = {
  gradient: false,
  'gradient-x-input': true,
  integrated: true,
  smooth: false,
};

/** What methods are called in pictures. */
const titles: Readonly<Record<SaliencyMethod, string>> = {
  gradient: 'gradient',
  'gradient-x-input': 'gradient × input',
  integrated: 'integrated gradients',
  smooth: 'smooth gradient',
};

/** About how wide a picture is drawn, in CSS pixels. */
const usualWidth = 128;
const [gap, margin] = [4, 8];

/** The picture, then each map above the map over the picture. */
function sheet(found: PicturedSaliency, methods: readonly SaliencyMethod[]): Sheet {
  const { shown, image } = found;
  const picture = pictureImage(shown, image.height, image.width);
  const side = Math.max(1, Math.round((2 * usualWidth) / image.width)) / 2;
  const sized = (drawn: RasterImage): Sheet => imageSheet(drawn, side);
  const columns = methods.map(method => {
    const options = heatOf(found, method);
    const parts = [heatMap(options), heatOverlay(picture, options)].map(sized);
    return above([lineSheet(titles[method]), ...parts], gap);
  });
  const panels = beside([above([lineSheet('image'), sized(picture)], gap), ...columns], margin);
  const width = Math.max(panels.width, 300);
  const title = paragraph(found.title, width, { bold: true });
  return framed(above([title, panels, key(methods, width)], margin), margin);
}

function heatOf({ maps, image }: PicturedSaliency, method: SaliencyMethod): HeatMapOptions {
  const { height, width } = image;
  const values = overChannels(maps.get(method)!, height * width, signed[method]);
  return { values, height, width, signed: signed[method] };
}

/** Attributions summed over channels; of values without a sign the largest magnitude (Simonyan et al. 2014). */
function overChannels(map: ArrayLike<number>, area: number, withSign: boolean): Float64Array {
  const values = new Float64Array(area);
  for (let i = 0; i < map.length; i++) {
    const at = i % area;
    values[at] = withSign ? values[at] + map[i] : Math.max(values[at], Math.abs(map[i]));
  }
  return values;
}

/** What colours mean. */
function key(methods: readonly SaliencyMethod[], width: number): Sheet {
  const bars = [
    methods.some(method => signed[method]) &&
      colourBar({ signed: true, low: 'lowers the output', high: 'raises it' }),
    methods.some(method => !signed[method]) &&
      colourBar({ signed: false, low: 'no effect', high: 'large effect' }),
  ].filter(bar => bar !== false);
  const note =
    'Above the maps, each in its own scale up to its 99th percentile; below the maps over the image.';
  const isWide = bars.reduce((sum, bar) => sum + bar.width + 16, -16) <= width;
  return above([isWide ? beside(bars, 16) : above(bars, 2), paragraph(note, width)], 3);
}
