import type { LabelledImages } from '@nads/dataset';
import type { ScoreName } from '@nads/score';
import { poolOf, type Environment } from '../environment.js';
import type { CellScores } from '../score/cells/cell-scores.js';
import { cellScoresIdentity, cellScoresSetup } from '../score/cells/cell-scores-setup.js';
import { scoreSettings, type ScoreSettings } from '../score/score-settings.js';
import type { CellSource } from './search.js';

/** Scores for a search. */
export interface ScoredCells extends Required<Pick<CellSource, 'scoreOf' | 'atOnce' | 'identity'>> {
  /** Ends the tasks that are not done. */
  readonly end: () => Promise<void>;
}

/**
 * A score of cells with fresh weights, for a search, by the workers of a pool. What has no such score comes last.
 * @throws OptionError where images and score do not fit
 */
export function scoredCells(
  images: LabelledImages,
  score: ScoreName,
  given: ScoreSettings,
  environment: Pick<Environment, 'runtime' | 'pool'>,
): ScoredCells {
  const settings = scoreSettings({ ...given, scores: [score], weights: 'fresh' });
  const { setup } = cellScoresSetup(images, settings);
  const pool = poolOf(environment);
  const job = pool.begin<string, CellScores>('cell-scores', setup);
  return {
    scoreOf: async cell => (await job.run(cell))[score]?.mean ?? -Infinity,
    atOnce: pool.size === 1 ? 1 : pool.size + 1, // so that no worker waits
    identity: cellScoresIdentity(settings, setup),
    end: () => job.end(),
  };
}
