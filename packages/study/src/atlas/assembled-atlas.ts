import { commonest } from '../commonest.js';
import { aloneOf, shapeOf } from './alone-of.js';
import type { LeftOut } from './architectures.js';
import type { Atlas, AtlasMember } from './atlas.js';
import { atlasVersion } from './atlas-summary.js';
import type { Gathered } from './gathered.js';
import { memberNumbers } from './member-numbers.js';
import { known, memberSummary } from './member-summary.js';
import { overlapTable } from './overlap-table.js';
import { roundingError } from './rounding-error.js';
import { byNumber } from './spectral-numbers.js';

/** An atlas of what was gathered of its members. @param tops dimensions of the subspaces that are compared */
export function assembledAtlas(
  found: readonly Gathered[],
  tops: readonly number[],
  left: readonly LeftOut[],
): Atlas {
  const summaries = found.map(({ estimates: [{ summary }] }) => summary);
  const image = commonest(summaries.map(one => shapeOf(one.image)));
  const rows = commonest(found.map(({ estimates: [one] }) => shapeOf(one.image)));
  const alone = found.map(one => aloneOf(one, image, rows));
  const together = found.filter((_, i) => alone[i] === undefined);
  const tables = tops.map(top => overlapTable(together, top));
  const numbers = memberNumbers(found);
  const members = found.map((one, i): AtlasMember => ({
    summary: memberSummary(one, {
      numbers: byNumber(name => known(numbers[name].values[i])),
      alone: alone[i],
      tables,
    }),
    estimates: one.estimates,
  }));
  const [{ settings, runtime }] = summaries;
  return {
    summary: {
      format: 'atlas',
      version: atlasVersion,
      image: summaries.find(one => shapeOf(one.image) === image)!.image,
      settings: {
        probe: settings.probe,
        step: settings.step,
        basis: settings.basis,
        points: settings.points,
        init: commonest(summaries.map(one => one.settings.init)),
      },
      runtime,
      tops: [...tops],
      members: members.map(({ summary }) => summary),
      number_spreads: byNumber(name => numbers[name].spread),
      calibration: tables.map(({ top, factor, pairs }) => ({ top, factor, pairs })),
      rounding: roundingError(together, tops),
      left: [...left],
    },
    members,
    overlaps: tables.map(({ top, overlap, error }) => ({ top, overlap, error })),
  };
}
