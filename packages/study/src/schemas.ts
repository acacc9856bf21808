import * as z from 'zod/mini';
import { analysisSchema } from './analyze/analysis-summary.js';
import { architecturesSchema } from './atlas/architectures.js';
import { atlasSchema } from './atlas/atlas-summary.js';
import { degreeSchema } from './degree/degree-summary.js';
import { elasticitySchema } from './elasticity/elasticity-summary.js';
import { marginsJournalSchema } from './margins/margins-journal.js';
import { measuresSchema } from './measures/measures-summary.js';
import { nadsSchema } from './estimate/nads-summary.js';
import { marginsSchema } from './margins/margins-summary.js';
import { ntkSchema } from './ntk/ntk-summary.js';
import { pruneSchema } from './prune/saved-pruning.js';
import { runSchema } from './run-record.js';
import { saliencySchema } from './saliency/saliency-summary.js';
import { searchSchema } from './search/search-summary.js';
import { decompositionSchema } from './sets/decomposition-codec.js';
import { scoreSchema } from './score/score-summary.js';
import { journalSchema } from './sweep/journal.js';
import { checkpointSchema } from './train/checkpoint-codec.js';

const formats = {
  analysis: analysisSchema,
  architectures: architecturesSchema,
  atlas: atlasSchema,
  checkpoint: checkpointSchema,
  degree: degreeSchema,
  decomposition: decompositionSchema,
  elasticity: elasticitySchema,
  margins: marginsSchema,
  'margins-journal': marginsJournalSchema,
  measures: measuresSchema,
  nads: nadsSchema,
  ntk: ntkSchema,
  prune: pruneSchema,
  run: runSchema,
  saliency: saliencySchema,
  score: scoreSchema,
  search: searchSchema,
  'sweep-journal': journalSchema,
};

/** JSON Schemas of the JSON that studies write, by format: what is in `schemas/FORMAT.schema.json`. */
export const jsonSchemas = (): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(formats).map(([format, schema]) => [format, z.toJSONSchema(schema)]),
  );
