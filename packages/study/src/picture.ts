import { encodePng, sheetImage, sheetSvg, type Sheet } from '@nads/report';
import type { NamedFile } from './store.js';

/** A picture of a result: a chart as an SVG document, or images on a sheet. */
export interface Picture {
  /** Of its files, without their ending. */
  readonly name: string;
  readonly draw: () => Sheet | string;
  /** What stands under it on a page. */
  readonly caption?: string;
  /** Whether it is shown on a sheet of several too. */
  readonly isOnSheet?: boolean;
}

/** A picture as an SVG document. */
export const svgOf = ({ draw }: Picture): string => documentOf(draw());

const documentOf = (drawn: Sheet | string): string =>
  typeof drawn === 'string' ? drawn : sheetSvg(drawn);

/** Told what went wrong with something that the rest of a result does not depend on. */
export type OnWarning = (message: string) => void;

/**
 * The files of pictures that are written with a result: SVG documents, and of images a PNG beside.
 * @param onWarning told which pictures could not be drawn, which are left out: numbers are not to be lost with them; if not
 *   given, that is an error
 * @param previews whether there are PNGs
 */
export const filesOfPictures = (
  pictures: readonly Picture[],
  onWarning?: OnWarning,
  { previews = true } = {},
): NamedFile[] =>
  pictures.flatMap(picture => {
    try {
      return filesOf(picture, previews);
    } catch (error) {
      if (!onWarning) throw error;
      onWarning(`picture '${picture.name}' could not be drawn: ${(error as Error).message}`);
      return [];
    }
  });

function filesOf({ name, draw }: Picture, previews: boolean): NamedFile[] {
  const drawn = draw();
  const svg: NamedFile = [`${name}.svg`, documentOf(drawn)];
  return typeof drawn === 'string' || !previews ? [svg] : [svg, preview(name, drawn)];
}

const preview = (name: string, sheet: Sheet): NamedFile => [
  `${name}.png`,
  encodePng(sheetImage(sheet)),
];
