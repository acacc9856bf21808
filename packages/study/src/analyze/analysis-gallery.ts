import type { ImageShape } from '@nads/basis';
import { imageEnergy } from '@nads/probe';
import { beside, framed, gallery, paragraph, above, type Sheet } from '@nads/report';
import { fileName } from '../file-name.js';
import type { PicturedAnalysis } from './pictured-analysis.js';

/** Directions of each kind that are shown. */
const shown = 12;

/** Leading eigenvectors of data gradients over their Fourier energy, NADs beside them. */
export function analysisGallery(found: PicturedAnalysis): Sheet {
  const { image, model, images, trace } = found.summary;
  const shares = found.eigenvalues.map(value => value / trace);
  const own = panel({
    title: 'Data gradients',
    legend: 'Numbers: index from 0, share of E‖∇f‖².',
    rows: found.eigenvectors.data,
    image,
    values: shares,
  });
  const nads = found.leadingNads;
  const channels = nads && channelsOf(nads.columns, image);
  const others = nads && {
    title: channels === image.channels ? 'NADs' : 'NADs, the same in each channel',
    legend: 'Numbers: index from 0.',
    rows: nads.data,
    image: { ...image, channels: channels! },
  };
  const panels = beside(others ? [own, panel(others)] : [own], 12);
  const title = paragraph(`${fileName(model.file)}, ${images} images`, panels.width - 16, {
    bold: true,
  });
  return above([framed(title, 8), panels]);
}

const channelsOf = (pixels: number, { height, width }: ImageShape): number =>
  pixels / (height * width);

/** Rows of pixels [k × C·H·W] with what stands around them. */
interface Panel {
  readonly title: string;
  readonly legend: string;
  readonly rows: Float64Array;
  readonly image: ImageShape;
  readonly values?: Float64Array;
}

function panel({ title, legend, rows, image, values }: Panel): Sheet {
  const { channels, height, width } = image;
  const pixels = channels * height * width;
  const count = Math.min(shown, rows.length / pixels);
  const directions = Array.from({ length: count }, (_, i) =>
    rows.subarray(i * pixels, (i + 1) * pixels),
  );
  return gallery({
    directions,
    energies: directions.map(one => imageEnergy(one, { height, width })),
    height,
    width,
    channels,
    values: values?.subarray(0, count),
    columns: 4,
    title,
    legend,
  });
}
