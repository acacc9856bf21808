import { matrix } from '@nads/linalg';
import { estimateSummary, nadsArrays } from './estimate-files.js';
import type { Estimate } from './estimated.js';
import type { NadsResult } from './nads-codec.js';

/** An estimate as it is when it is read back from its files. */
export function estimatedResult(estimate: Estimate): NadsResult {
  const found = nadsArrays(estimate.preparation, estimate.directions);
  const { nads, pixels, eigenvalues, standardErrors, points, channelNads, dims } = found;
  const rowsOf = (data: Float32Array, columns: number) =>
    matrix(data.length / columns, columns, Float64Array.from(data));
  return {
    name: estimate.source.name,
    rows: rowsOf(nads, pixels),
    ...(channelNads && { channelRows: rowsOf(channelNads, dims[1] * dims[2]) }),
    eigenvalues,
    standardErrors,
    point: points[0],
    summary: estimateSummary(estimate),
  };
}
