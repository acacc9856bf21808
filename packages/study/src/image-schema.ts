import * as z from 'zod/mini';

const size = z.int().check(z.minimum(1));

/** The shape of images in JSON. */
export const imageSchema = z.looseObject({ channels: size, height: size, width: size });
