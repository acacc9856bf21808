import { imageEnergy } from '@nads/probe';
import { above, gallery, paragraph, framed, type PageFigure, type Sheet } from '@nads/report';
import type { NadsResult } from '../estimate/nads-codec.js';
import type { NadsSummary } from '../estimate/nads-summary.js';
import { svgOf } from '../picture.js';

/** NADs that are shown of each result. */
const shown = 10;

/** The first NADs of results over their Fourier energy, a row for each result; undefined where the size of no image is known. */
export function galleriesFigure(results: readonly NadsResult[]): PageFigure | undefined {
  const known = results.flatMap(result =>
    result.summary ? [{ ...result, summary: result.summary }] : [],
  );
  if (known.length === 0) return undefined;
  const [name, caption] = [
    'galleries',
    'The first NADs of all results, each above its Fourier energy',
  ];
  return {
    name,
    caption,
    svg: svgOf({
      name,
      draw: () => {
        const rows = above(known.map((result, i) => rowOf(result, i === known.length - 1)));
        const title = paragraph(caption, rows.width, { bold: true });
        return above([framed(title, 8), rows]);
      },
    }),
  };
}

type KnownResult = NadsResult & { readonly summary: NadsSummary };

/** @param isLast the row that says what colours and numbers mean */
function rowOf(result: KnownResult, isLast: boolean): Sheet {
  const { name, rows: all, channelRows: rows = all, eigenvalues, standardErrors, summary } = result;
  const copies = all.columns / rows.columns;
  const count = Math.min(shown, rows.rows);
  const once = (values: Float64Array): Float64Array =>
    values.filter((_, i) => i % copies === 0).subarray(0, count);
  const image = { ...summary.image, channels: summary.image.channels / copies };
  const directions = Array.from({ length: count }, (_, i) =>
    rows.data.subarray(i * rows.columns, (i + 1) * rows.columns),
  );
  return gallery({
    ...image,
    directions,
    energies: directions.map(one => imageEnergy(one, image)),
    ...(eigenvalues && { values: once(eigenvalues) }),
    ...(standardErrors?.some(Number.isFinite) && { errors: once(standardErrors) }),
    resolved: summary.noise_floor ? summary.noise_floor.index / copies : undefined,
    columns: shown,
    title: name,
    ...(isLast && { legend: 'Numbers: index from 0, eigenvalue ± standard error.' }),
  });
}
