import { Command } from 'commander';
import { analyze } from './commands/analyze.js';
import { atlas } from './commands/atlas.js';
import { compare } from './commands/compare.js';
import { completion } from './commands/completion.js';
import { data } from './commands/data.js';
import { decompose } from './commands/decompose.js';
import { degree } from './commands/degree.js';
import { elasticity } from './commands/elasticity.js';
import { estimate } from './commands/estimate.js';
import { finetune } from './commands/finetune.js';
import { flip } from './commands/flip.js';
import { fold } from './commands/fold.js';
import { gradient } from './commands/gradient.js';
import { inspect } from './commands/inspect.js';
import { margin } from './commands/margin.js';
import { measures } from './commands/measures.js';
import { models } from './commands/models.js';
import { newExperiment } from './commands/new-experiment.js';
import { ntk } from './commands/ntk.js';
import { plot } from './commands/plot.js';
import { poison } from './commands/poison.js';
import { probe } from './commands/probe.js';
import { prune } from './commands/prune.js';
import { queue } from './commands/queue.js';
import { report } from './commands/report.js';
import { run } from './commands/run.js';
import { saliency } from './commands/saliency.js';
import { score } from './commands/score.js';
import { search } from './commands/search.js';
import { sweep } from './commands/sweep.js';
import { synth } from './commands/synth.js';
import { train } from './commands/train.js';
import { view } from './commands/view.js';
import { worker } from './commands/worker.js';
import { version } from './version.js';

/** Commands as the help shows them: by what somebody is there for. */
const groups: Readonly<Record<string, readonly (() => Command)[]>> = {
  'What a network prefers:': [estimate, view, compare, atlas, inspect, degree],
  'Before training:': [score, search],
  'A trained model:': [
    analyze,
    saliency,
    measures,
    margin,
    ntk,
    elasticity,
    probe,
    gradient,
    fold,
    prune,
    finetune,
  ],
  'Training along directions:': [sweep, train, synth],
  'Images and directions:': [decompose, poison, flip],
  'Experiments in stages:': [run, newExperiment],
  'Many machines:': [worker, queue],
  'Other:': [plot, report, models, data, completion],
};

/** The command line, without what happens on errors. */
export function nadsProgram(): Command {
  const program = new Command('nads')
    .description('Neural anisotropy directions: which input directions a network prefers.')
    .version(version, '-v, --version')
    .enablePositionalOptions()
    .addHelpText('after', examples);
  for (const [heading, commands] of Object.entries(groups))
    for (const command of commands) program.addCommand(command().helpGroup(heading));
  return program.addHelpCommand(
    new Command('help')
      .argument('[command]')
      .description('Displays the help of a command.')
      .helpGroup('Other:'),
  );
}

const examples = `
Examples:
  nads inspect model.onnx
  nads estimate model.onnx --out out/model
  nads compare out/model out/other --top 1,10,100
  nads probe model.onnx --points x.npy --step 100 -o secants.npy
  nads gradient model.onnx -o grad.onnx`;
