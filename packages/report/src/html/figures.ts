import { escaped } from '../svg.js';

/** A picture on a page. */
export interface PageFigure {
  /** Of the file that it is saved as, without its ending. */
  readonly name: string;
  /** An SVG document that this package drew. */
  readonly svg: string;
  readonly caption: string;
}

/** Pictures, beside each other where there is room. */
export const figuresMarkup = (figures: readonly PageFigure[]): string =>
  figures.length === 0
    ? ''
    : ['<div class="figures">', ...figures.map(figureMarkup), '</div>'].join('\n');

const figureMarkup = ({ name, svg, caption }: PageFigure): string =>
  [
    isSmall(svg) ? '<figure class="small">' : '<figure>',
    labelled(svg, caption),
    `<figcaption>${escaped(caption)} <button type="button" hidden data-save="${escaped(name)}.svg">Download SVG</button></figcaption>`,
    '</figure>',
  ].join('\n');

/** Drawn on a few hundred pixels, which would be coarse on many more. */
const isSmall = (svg: string): boolean => Number(/ width="([\d.]+)"/u.exec(svg)?.[1]) < 500;

/** For those who cannot see it. */
const labelled = (svg: string, label: string): string =>
  svg.replace('<svg ', () => `<svg aria-label="${escaped(label)}" `);
