export { encodePng } from './png.js';
export {
  channelsImage,
  diverging,
  divergingImage,
  sequential,
  sequentialImage,
  type ColourMap,
} from './colour-map.js';
export type { Colour, RasterImage } from './image.js';
export {
  above,
  atLeast,
  beside,
  framed,
  grid,
  hinted,
  imageSheet,
  lineSheet,
  outlined,
  pad,
  paragraph,
  type Margins,
  type Sheet,
  type SheetFrame,
  type SheetHint,
  type SheetImage,
  type TextStyle,
} from './sheet.js';
export { sheetImage } from './sheet-image.js';
export { sheetSvg } from './sheet-svg.js';
export { arcDiagram, type ArcDiagramOptions } from './arc-diagram.js';
export { colourBar, type ColourBarOptions } from './colour-bar.js';
export { dendrogram, type DendrogramOptions, type DendrogramTree } from './dendrogram.js';
export { directionImage } from './direction-image.js';
export { forestPlot, type ForestPlotOptions, type ForestRow } from './forest-plot.js';
export { gallery, type GalleryOptions } from './gallery.js';
export { besideCharts } from './beside-charts.js';
export { paletteColour } from './palette.js';
export { chart, type ChartOptions } from './chart.js';
export { pointMap, type MapPoint, type PointMapOptions } from './point-map.js';
export { partBars, type PartBar, type PartBarsOptions } from './part-bars.js';
export type { AxisOptions } from './axis.js';
export type { Rule } from './rule.js';
export type { Series } from './series.js';
export { spectrum, type NoiseFloor, type SpectrumOptions } from './spectrum.js';
export { heatMap, heatOverlay, type HeatMapOptions } from './heat-map.js';
export { pictureImage } from './picture-image.js';
export { wrapped } from './wrapped.js';
export { page, type PageOptions, type PageSection } from './html/page.js';
export type { PagePart } from './html/page-part.js';
export type { Fact } from './html/facts.js';
export type { PageFigure } from './html/figures.js';
export type { PageTable } from './html/table.js';
