import { filesOfPictures, type OnWarning } from '../picture.js';
import type { NamedFile } from '../store.js';
import { measuresPictures } from './measures-pictures.js';
import { measuresSummary } from './measures-summary.js';
import type { Measures } from './measures.js';

export {
  measures,
  type DynamicMeasure,
  type Measures,
  type MeasuresSettings,
  type StaticMeasure,
} from './measures.js';
export { measuresSummary, measuresText } from './measures-summary.js';

/** measures.json and the pictures. */
export const measuresFiles = (found: Measures, onWarning?: OnWarning): NamedFile[] => [
  ...filesOfPictures(measuresPictures(found), onWarning),
  ['measures.json', `${JSON.stringify(measuresSummary(found), null, 2)}\n`],
];
