import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Pool } from '@nads/runtime';
import {
  atlasJson,
  atlasText,
  estimateFiles,
  placeModel as study,
  placement,
  placementText,
  placementWarnings,
  type Atlas,
  type EstimatePlan,
  type Placement,
  type PlaceSettings,
  type SourceModel,
} from '@nads/study';
import { nodeEnvironment, readAtlas, readNads } from '@nads/study/node';
import { threadPool } from '@nads/study/thread-pool';
import type { QueueFlags } from '../commands/queue-options.js';
import { describePlan } from '../estimate/describe-plan.js';
import { studyPool } from '../queue/study-pool.js';
import { closePool } from '../terminal/close-pool.js';
import { openOutput, type OutputFlags } from '../terminal/open-output.js';
import { runWholeOrResume } from '../terminal/run-whole-or-resume.js';
import { caution, speaker, warn } from '../terminal/say.js';
import { show, type ShowFlags } from '../terminal/show.js';
import { unresolvedSecants } from '../terminal/unresolved-secants.js';
import { watchedWhole } from '../terminal/watched-whole.js';
import { shippedAtlas } from './shipped-atlas.js';

/** Options of `nads atlas`. */
interface AtlasFlags
  extends
    ShowFlags,
    OutputFlags,
    QueueFlags,
    Pick<PlaceSettings, 'init' | 'layout' | 'networks' | 'seed' | 'size' | 'step'> {
  readonly out?: string;
  /** A folder. */
  readonly data?: string;
  readonly nearest: number;
  readonly workers?: number;
  readonly resume?: boolean;
  readonly force?: boolean;
}

/** Networks where no number is given. */
const usualNetworks = 8;

/** Runs `nads atlas`. */
export async function atlas(model: string | undefined, flags: AtlasFlags): Promise<void> {
  const found = readAtlas(flags.data ?? shippedAtlas());
  if (model === undefined) show(flags, atlasText(found), atlasJson(found));
  else if (isFolder(model)) showPlacement(placement(found, readNads(model)), flags);
  else await placeModel(found, model, flags);
}

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** Estimates a model as the members were, and places it. */
async function placeModel(found: Atlas, model: string, flags: AtlasFlags): Promise<void> {
  const { init = 'pytorch', layout, networks = usualNetworks, seed = 0, size, step } = flags;
  const settings = { init, layout, networks, seed, size, step };
  const task = { atlas: found, source: openOutput(model, flags), settings };
  const { workers = availableParallelism(), out } = flags;
  const threads = () => threadPool(Math.min(workers, networks), 'contributions');
  const pool = await studyPool(flags, threads);
  try {
    if (out === undefined) await placeOnly(task, pool, flags);
    else await placeIn(task, pool, { ...flags, out });
  } finally {
    await closePool(pool);
  }
}

interface Task {
  readonly atlas: Atlas;
  readonly source: SourceModel;
  readonly settings: PlaceSettings;
}

async function placeOnly(task: Task, pool: Pool, flags: AtlasFlags): Promise<void> {
  const placed = await watchedWhole(flags.quiet, watch =>
    study(task.source, task.atlas, task.settings, {
      ...nodeEnvironment(),
      ...watch,
      pool,
      onPlan: sayPlan(task, flags),
    }),
  );
  if (placed) showPlacement(placed.placement, flags);
}

const placeIn = (
  task: Task,
  pool: Pool,
  flags: AtlasFlags & { readonly out: string },
): Promise<void> =>
  runWholeOrResume({
    command: 'atlas',
    flags,
    main: 'placement.json',
    state: 'tally.npz',
    what: 'the estimate',
    study: environment =>
      study(
        task.source,
        task.atlas,
        { ...task.settings, resume: flags.resume },
        {
          ...environment,
          pool,
          onPlan: sayPlan(task, flags),
        },
      ),
    finish: async (store, { estimate, placement }) => {
      await store.write([
        ...estimateFiles(estimate, warn),
        ['placement.json', `${JSON.stringify(placement, null, 2)}\n`],
      ]);
      showPlacement(placement, flags);
    },
  });

const sayPlan =
  ({ settings: { networks } }: Task, { quiet }: AtlasFlags) =>
  (plan: EstimatePlan): void => {
    speaker(quiet)(describePlan(plan, networks));
    if (plan.unresolved) caution(unresolvedSecants(plan.unresolved, 'network', ''));
  };

function showPlacement(placement: Placement, flags: AtlasFlags): void {
  for (const warning of placementWarnings(placement)) caution(warning);
  show(flags, placementText(placement, flags.nearest), placement);
}
