import type { PageTable } from '@nads/report';
import { fileName } from '../../file-name.js';
import { measuresSchema, type MeasuresSummary } from '../../measures/measures-summary.js';
import { parseJson } from '../../parse-json.js';
import { modelFacts } from '../model-facts.js';
import type { ReadPart } from '../reported-part.js';
import { shown } from '../shown.js';

/** What layers of learnt similarity compare by. */
export const reportedMeasures: ReadPart = async saved => {
  const file = saved.path('measures.json');
  const found = parseJson(file, await saved.text('measures.json'), measuresSchema, 1);
  const dynamic = found.dynamic.map(({ layer }) => layer).join(', ');
  return {
    title: `Learnt measures of ${fileName(found.model.file)}`,
    facts: [...modelFacts(found.model), ...(dynamic ? [['dynamic', dynamic] as const] : [])],
    tables: found.static.length > 0 ? [staticTable(found.static)] : [],
  };
};

const staticTable = (measures: MeasuresSummary['static']): PageTable => ({
  caption: 'Measures that are the same everywhere',
  head: ['layer', 'kind', 'kernel', 'largest singular value', 'smallest'],
  rows: measures.map(({ layer, kind, kernel, spectrum }) => [
    layer,
    kind,
    `${kernel}×${kernel}`,
    shown(spectrum[0]),
    shown(spectrum.at(-1)),
  ]),
});
