import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Stage } from '@nads/pipeline';
import { openExperiment, runStages, type StageReport } from '@nads/pipeline/node';
import type { QueueFlags } from '../commands/queue-options.js';
import { nadsProgram } from '../program.js';
import { duration } from '../terminal/progress.js';
import { interruptible, type Interruption } from '../terminal/interruption.js';
import { warn } from '../terminal/say.js';
import { show, type ShowFlags } from '../terminal/show.js';
import { requirePlace } from '../queue/study-pool.js';
import { performStage } from './perform-stage.js';
import { programDigest } from './program-digest.js';
import { requireScript } from './require-script.js';
import { scriptWords, stageCommand } from './stage-command.js';

/** Options of `nads run`. */
interface RunFlags extends ShowFlags, QueueFlags {
  readonly stage?: readonly string[];
  readonly alone?: boolean;
  readonly jobs?: number;
  readonly dryRun?: boolean;
  readonly force?: boolean;
}

/** Exit code where a stage failed. */
const failed = 1;

/** Runs the stages of an experiment; all are checked before the first one runs. */
export async function run(path: string, flags: RunFlags): Promise<void> {
  const { stage: only, alone, jobs, dryRun, force } = flags;
  requirePlace(flags);
  const place = { ...flags, store: flags.store && absolute(flags.store) };
  if (alone && !only) throw new Error('--alone has no effect without --stage; leave it out');
  const program = nadsProgram(); // as it is before a command was chosen from it
  const experiment = openExperiment(path);
  const lines = experiment.stages.map(stage => [stage, lineOf(program, stage, place)] as const);
  for (const stage of experiment.stages) requireScript(stage, experiment.folder);
  if (dryRun) {
    const listed = lines.map(([{ name, needs }, command]) => ({ name, needs, command }));
    return show(
      flags,
      listed.map(({ name, command }) => `${name}: ${command}`),
      listed,
    );
  }
  const reports = await interruptible(async signal => {
    try {
      return await runStages(experiment, {
        perform: performStage(program, experiment.folder, signal, place),
        program: programDigest(),
        only,
        alone,
        jobs,
        force,
        signal,
        onStage: ({ name }) => process.stderr.write(`— ${name}\n`),
        onReport: report => warnOf(report),
      });
    } catch (error) {
      if (!signal.aborted) throw error;
      warn('interrupted; the same command goes on');
      process.exitCode = (signal.reason as Interruption).exitCode;
      return undefined;
    }
  });
  if (!reports) return;
  show(flags, reports.map(describe), reports.map(summary));
  if (reports.some(({ outcome }) => outcome === 'failed')) process.exitCode = failed;
}

/** Stages run in the folder of the experiment. */
const absolute = (store: string): string => (store.startsWith('s3://') ? store : resolve(store));

function warnOf({ stage, outcome, problem }: StageReport): void {
  if (outcome === 'failed') warn(`stage '${stage.name}' failed: ${problem}`);
}

/** A stage as somebody would type it. */
function lineOf(program: Command, stage: Stage, place: QueueFlags): string {
  const words =
    stage.script === undefined
      ? ['nads', ...stageCommand(program, stage, place).words.filter(word => word !== '--')]
      : ['node', ...scriptWords(stage)];
  return words.map(word => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`)).join(' ');
}

const describe = ({ stage, outcome, seconds, problem }: StageReport): string =>
  `${stage.name}: ${outcome}${seconds === undefined ? '' : ` in ${duration(seconds)}`}${problem === undefined ? '' : `: ${problem}`}`;

const summary = ({ stage: { name, folder }, ...rest }: StageReport) => ({ name, folder, ...rest });
