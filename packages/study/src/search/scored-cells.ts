import type { LabelledImages } from '@nads/dataset';
import type { Runtime } from '@nads/runtime';
import type { ScoreName } from '@nads/score';
import { cellScoresIdentity, cellScoresSetup } from '../score/cells/cell-scores-setup.js';
import { scoreSettings, type ScoreSettings } from '../score/score-settings.js';
import type { CellSource } from './search.js';

/**
 * A score of cells with fresh weights, for a search. What has no such score comes last.
 * @throws OptionError where images and score do not fit
 */
export async function scoredCells(
  images: LabelledImages,
  score: ScoreName,
  given: ScoreSettings,
  runtime: Runtime,
): Promise<Required<Pick<CellSource, 'scoreOf' | 'identity'>>> {
  const settings = scoreSettings({ ...given, scores: [score], weights: 'fresh' });
  const { setup } = cellScoresSetup(images, settings);
  const { cellScorer } = await import('../score/cells/cell-scores.js');
  const scoresOf = await cellScorer(setup, { runtime });
  return {
    scoreOf: async cell => (await scoresOf(cell))[score]?.mean ?? -Infinity,
    identity: cellScoresIdentity(settings, setup),
  };
}
