export { encodePng } from './png.js';
export {
  channelsImage,
  diverging,
  divergingImage,
  sequential,
  sequentialImage,
  type ColourMap,
} from './colour-map.js';
export {
  above,
  beside,
  blank,
  enlarge,
  pad,
  type Colour,
  type Margins,
  type RasterImage,
} from './image.js';
export { textImage } from './text-image.js';
export { gallery, type GalleryOptions } from './gallery.js';
export { chart, type ChartOptions } from './chart.js';
export type { AxisOptions } from './axis.js';
export type { Rule } from './rule.js';
export type { Series } from './series.js';
export { spectrum, type NoiseFloor, type SpectrumOptions } from './spectrum.js';
export { heatMap, heatOverlay, type HeatMapOptions } from './heat-map.js';
export { pictureImage } from './picture-image.js';
export { wrapped } from './wrapped.js';
export { page, type PageOptions, type PagePicture, type PageTable } from './page.js';
