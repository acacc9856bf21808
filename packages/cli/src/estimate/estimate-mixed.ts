import { formatShape } from '@nads/basis';
import {
  estimateMixed as study,
  estimateText,
  mixedFiles,
  mixedSummary,
  requireOneNetwork,
  shortNumber,
  type EstimateSettings,
  type MixedPlan,
  type SourceModel,
  type Store,
} from '@nads/study';
import { nodeEnvironment } from '@nads/study/node';
import { duration } from '../terminal/progress.js';
import { runInFolder } from '../terminal/run-in-folder.js';
import { speaker, warn } from '../terminal/say.js';
import { watchedWhole } from '../terminal/watched-whole.js';
import { openOutput } from '../terminal/open-output.js';
import { settingsOf, type EstimateFlags } from './options.js';
import { show } from '../terminal/show.js';

/** Runs `nads estimate --probe mixed`. */
export async function estimateMixed(file: string, flags: EstimateFlags): Promise<void> {
  requireOneNetwork(flags);
  const source = openOutput(file, flags);
  const settings = settingsOf(source, flags);
  await runInFolder({ command: 'estimate', flags, main: 'nads.npz' }, store =>
    estimateInto(store, source, settings, flags),
  );
}

async function estimateInto(
  store: Store,
  source: SourceModel,
  settings: EstimateSettings,
  flags: EstimateFlags,
): Promise<boolean> {
  const { out, quiet } = flags;
  const say = speaker(quiet);
  const result = await watchedWhole(quiet, watch =>
    study(source, settings, {
      ...nodeEnvironment(flags.provider),
      ...watch,
      store,
      onPlan: plan => say(describe(plan)),
    }),
  );
  if (!result) return false;
  const { converged, residual } = result.found;
  if (!converged)
    warn(
      `not converged, residual ${residual.toExponential(1)}; the last directions are uncertain, take fewer with --save`,
    );
  await store.write(mixedFiles(result, warn));
  const summary = mixedSummary(result);
  show(flags, estimateText(summary, result.found.eigenvalues, []), summary);
  say(`${duration(performance.now() / 1000)}, written to ${out}`);
  return true;
}

function describe({ model, basis, points, wanted, expectedProducts }: MixedPlan): string {
  const { image, parameters } = model;
  return [
    `images      ${formatShape(image)} ${image.layout} (${image.reason})`,
    `probe       mixed derivative by ${shortNumber(parameters).trimEnd()} parameters and the image, one network, ${points.length} point(s)`,
    `symmetries  not averaged over: the derivative is of one network at its point`,
    `directions  the first ${wanted} of ${basis.size} (${basis.name})`,
    `cost        about ${expectedProducts} products or more, two second derivatives each`,
  ].join('\n');
}
