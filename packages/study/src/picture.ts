import { encodePng, sheetImage, sheetSvg, type Sheet } from '@nads/report';
import type { NamedFile } from './store.js';

/** A picture of a result: a chart as an SVG document, or images on a sheet. */
export interface Picture {
  /** Of its files, without their ending. */
  readonly name: string;
  readonly drawn: Sheet | string;
  /** What stands under it on a page. */
  readonly caption?: string;
}

/** A picture as an SVG document. */
export const svgOf = ({ drawn }: Picture): string =>
  typeof drawn === 'string' ? drawn : sheetSvg(drawn);

/** The files of pictures that are written with a result: SVG documents, and of images a PNG beside. */
export const filesOfPictures = (pictures: readonly Picture[]): NamedFile[] =>
  pictures.flatMap(picture => [
    [`${picture.name}.svg`, svgOf(picture)],
    ...(typeof picture.drawn === 'string' ? [] : [preview(picture.name, picture.drawn)]),
  ]);

const preview = (name: string, sheet: Sheet): NamedFile => [
  `${name}.png`,
  encodePng(sheetImage(sheet)),
];
