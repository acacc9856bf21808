import * as z from 'zod/mini';
import type { Degree } from './degree.js';

/** What `nads degree --json` prints. */
export const degreeSchema = z.looseObject({
  format: z.literal('degree'),
  version: z.int(),
  model: z.looseObject({ file: z.string(), sha256: z.string() }),
  /** Null where an output is no polynomial of degree up to `max_degree`. */
  degree: z.nullable(z.int()),
  outputs: z.array(
    z.looseObject({
      name: z.string(),
      /** Its place among the numbers of the output, row-major. */
      index: z.int(),
      degree: z.nullable(z.int()),
      /** The largest coefficient of higher order, or of the highest orders, and that of order `degree`, by the largest value. */
      residual: z.number(),
      leading: z.number(),
      /** What rounding may make of a coefficient that is zero, by the largest value. */
      rounding: z.number(),
    }),
  ),
  settings: z.looseObject({ max_degree: z.int(), lines: z.int(), seed: z.int() }),
  precision: z.enum(['float64', 'float32']),
  precision_note: z.nullable(z.string()),
});

/** What `nads degree --json` prints. */
export type DegreeSummary = z.infer<typeof degreeSchema>;

/** A degree in plain values. */
export function degreeSummary(found: Degree): DegreeSummary {
  const { source, outputs, parts, maxDegree, lines, seed, precision, obstacle } = found;
  const names = parts.flatMap(([name, numbers]) =>
    Array.from({ length: numbers }, (_, index) => ({ name, index })),
  );
  return {
    format: 'degree',
    version: 1,
    model: { file: source.name, sha256: source.sha256 },
    degree: found.degree ?? null,
    outputs: outputs.map(({ degree = null, residual, leading, rounding }, k) => ({
      ...names[k],
      degree,
      residual,
      leading,
      rounding,
    })),
    settings: { max_degree: maxDegree, lines, seed },
    precision,
    precision_note: obstacle ?? null,
  };
}
