import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** Faces of the font that text is drawn in where a picture cannot leave that to its reader. */
export const faces = ['DejaVuSans', 'DejaVuSans-Bold'] as const;

/** Name of the family. */
export const family = 'DejaVu Sans';

/** The bytes of a face's file. */
export const fontFile = (face: (typeof faces)[number]): Buffer =>
  readFileSync(resolve(`dejavu-fonts-ttf/ttf/${face}.ttf`));
