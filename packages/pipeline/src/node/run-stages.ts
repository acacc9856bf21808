import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { folderOf, type Stage } from '../stages.js';
import { digestOf } from './digest-of.js';
import type { OpenExperiment } from './open-experiment.js';
import { stageInputs } from './stage-inputs.js';
import { isWhole, outputsIn, readRecord, writeRecord } from './stage-record.js';

/** How a stage ended. */
export type Outcome = 'done' | 'up to date' | 'failed' | 'waiting';

/** A stage and how it ended. */
export interface StageReport {
  readonly stage: Stage;
  readonly outcome: Outcome;
  /** Of the run, where there was one. */
  readonly seconds?: number;
  /** Why it did not run or end. */
  readonly problem?: string;
}

/**
 * Runs a stage. @param begun whether its folder holds what the same stage has begun: it is to be continued where it can be.
 * @throws where it fails; AbortError where it was interrupted
 */
export type Perform = (stage: Stage, folder: string, begun: boolean) => Promise<void>;

/** Options of `runStages`. */
export interface RunOptions {
  readonly perform: Perform;
  /** Of the program that runs stages: with another one all results are computed again. */
  readonly program: string;
  /** Only these, and what they need. */
  readonly only?: readonly string[];
  /** Without what they need, which is taken as it is. */
  readonly alone?: boolean;
  /** Stages that run at a time, where they do not need each other; 1 if not given. */
  readonly jobs?: number;
  /** Also what is up to date. */
  readonly force?: boolean;
  readonly signal?: AbortSignal;
  /** Called before a stage runs. */
  readonly onStage?: (stage: Stage) => void;
  /** Called with how each ended, in order. */
  readonly onReport?: (report: StageReport) => void;
}

/**
 * Runs the stages of an experiment whose results are not there or follow from something that has changed since: settings, the contents
 * of files that they name, results of other stages, or the program. Stages that need one that failed wait; others run.
 * @returns how each ended, in the order of the experiment
 * @throws for stages in `only` that do not exist; the signal's reason, once what runs has ended
 */
export async function runStages(
  { folder, stages, file }: OpenExperiment,
  options: RunOptions,
): Promise<StageReport[]> {
  const { only, alone, jobs = 1, signal, onReport } = options;
  const chosen = alone ? named(stages, only ?? [], file) : wanted(stages, only, file);
  const reports = new Map<string, StageReport>();
  const waiting = new Set(chosen);
  const running = new Map<Stage, Promise<void>>();
  const isAhead = (name: string): boolean =>
    [...waiting, ...running.keys()].some(stage => stage.name === name);
  const begin = async (stage: Stage): Promise<void> => {
    const report = await runStage(stage, folder, reports, options);
    reports.set(stage.name, report);
    running.delete(stage);
    onReport?.(report);
  };
  try {
    while (waiting.size > 0 || running.size > 0) {
      signal?.throwIfAborted();
      const ready = [...waiting].filter(({ needs }) => !needs.some(isAhead));
      for (const stage of ready.slice(0, jobs - running.size)) {
        waiting.delete(stage);
        running.set(stage, begin(stage));
      }
      await Promise.race(running.values());
    }
  } finally {
    await Promise.allSettled(running.values());
  }
  return chosen.map(({ name }) => reports.get(name)!);
}

function named(stages: readonly Stage[], names: readonly string[], file: string): Stage[] {
  const chosen = stages.filter(({ name, settings }) =>
    names.some(one => one === name || one === settings),
  );
  const unknown = names.find(
    one => !chosen.some(({ name, settings }) => one === name || one === settings),
  );
  if (unknown === undefined) return chosen;
  const known = stages.map(({ name }) => name).join(', ');
  throw new Error(`${file}: no stage is called '${unknown}'; expected one of ${known}`);
}

/** Stages and all that they need, in order. */
function wanted(
  stages: readonly Stage[],
  only: readonly string[] | undefined,
  file: string,
): Stage[] {
  if (!only) return [...stages];
  const names = new Set(named(stages, only, file).map(({ name }) => name));
  for (const { name, needs } of stages.toReversed())
    if (names.has(name)) for (const need of needs) names.add(need);
  return stages.filter(({ name }) => names.has(name));
}

async function runStage(
  stage: Stage,
  root: string,
  reports: ReadonlyMap<string, StageReport>,
  { perform, program, force = false, signal, onStage }: RunOptions,
): Promise<StageReport> {
  const behind = stage.needs.find(need => isMissing(reports.get(need)));
  if (behind !== undefined) return { stage, outcome: 'waiting', problem: `it needs '${behind}'` };
  const absent = stage.needs.find(need => !readRecord(join(root, folderOf(need)))?.finished);
  if (absent !== undefined)
    return {
      stage,
      outcome: 'failed',
      problem: `there are no results of '${absent}' yet; run it first`,
    };
  const folder = join(root, stage.folder);
  const key = keyOf(stage, root, program);
  const found = readRecord(folder);
  const isSame = found?.key === key && !force;
  if (isSame && found.finished && isWhole(folder, found)) return { stage, outcome: 'up to date' };
  onStage?.(stage);
  const started = performance.now();
  writeRecord(folder, { key, finished: false, outputs: {} });
  try {
    await perform(stage, folder, isSame && !found.finished);
    requireSameKey(stage, key, keyOf(stage, root, program));
    writeRecord(folder, { key, finished: true, outputs: outputsIn(folder) });
    return { stage, outcome: 'done', seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    signal?.throwIfAborted();
    return { stage, outcome: 'failed', problem: (error as Error).message };
  }
}

const isMissing = (report: StageReport | undefined): boolean =>
  report?.outcome === 'failed' || report?.outcome === 'waiting';

/** What results of a stage follow from. */
function keyOf(stage: Stage, root: string, program: string): string {
  const { run, script, arguments: words, options, file, needs } = stage;
  const inputs = stageInputs(stage, root).map(path => [path, digestOf(resolve(root, path))]);
  const results = needs.map(need => [need, readRecord(join(root, folderOf(need)))?.outputs ?? {}]);
  const all = { program, run, script, words, options, file, inputs, results };
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

/** @throws where an input became another while the stage ran: its results may follow from either */
function requireSameKey({ name }: Stage, before: string, after: string): void {
  if (before !== after)
    throw new Error(`what '${name}' reads was changed while it ran; run it again`);
}
