import * as z from 'zod/mini';

/** A number of things, or the number of one, in JSON. */
export const countSchema = z.int().check(z.minimum(0));
