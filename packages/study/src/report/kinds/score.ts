import { scoreNames } from '@nads/score';
import * as z from 'zod/mini';
import { fileName } from '../../file-name.js';
import { parseJson } from '../../parse-json.js';
import { scoreSchema, type ScoreSummary } from '../../score/score-summary.js';
import type { ReadPart } from '../reported-part.js';
import { withError } from '../shown.js';

/** What `nads score` prints with --json and writes with --out, as a file of a folder. */
export const scoreFile = 'score.json';

/** Scores of networks without training, a column for each model. */
export const reportedScores: ReadPart = async saved => {
  const file = saved.path(scoreFile);
  const models = parseJson(file, await saved.text(scoreFile), z.array(scoreSchema), 1);
  const settings = models[0]?.settings;
  return {
    title: 'Scores without training',
    facts: settings
      ? [
          ['images', `${settings.batch} of ${settings.data}`],
          ['weights', settings.weights],
          ['batch normalisation', settings.batch_norm],
        ]
      : [],
    command: models[0]?.arguments,
    tables: [
      {
        caption: 'Scores ± one standard error',
        head: ['', ...models.map(({ model }) => fileName(model.file))],
        rows: scoreNames
          .filter(name => models.some(({ scores }) => scores[name]))
          .map(name => [name, ...models.map(model => cellOf(model, name))]),
      },
    ],
  };
};

function cellOf({ scores }: ScoreSummary, name: string): string {
  const found = scores[name];
  if (!found) return 'none';
  return found.mean === null ? '-inf' : withError(found.mean, found.standard_error);
}
