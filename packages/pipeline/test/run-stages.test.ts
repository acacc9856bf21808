import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@nads/testing';
import { openExperiment, runStages, type RunOptions } from '../src/node/index.js';
import type { Experiment, Stage } from '../src/index.js';

const folder = temporaryFolder();
afterAll(folder.remove);

let made = 0;

/** An experiment of its own: train → estimate → report, and synth beside them. */
class Trial {
  readonly root = folder.path(`trial-${made++}`);
  readonly ran: string[] = [];
  fails?: string;

  constructor() {
    mkdirSync(this.root);
    writeFileSync(join(this.root, 'data.csv'), '1,2\n');
    this.write({
      train: { run: 'train', arguments: ['data.csv'], options: { epochs: 1 } },
      synth: { run: 'synth' },
      estimate: { run: 'estimate', arguments: ['{train}/results.txt'] },
      report: { run: 'report', arguments: ['{estimate}', '{synth}'], options: { title: 'one' } },
    });
  }

  write(stages: Experiment['stages']): void {
    writeFileSync(join(this.root, 'experiment.json'), JSON.stringify({ stages }));
  }

  change(stage: string, options: Record<string, string | number>): void {
    const file = join(this.root, 'experiment.json');
    const experiment = JSON.parse(readFileSync(file, 'utf8')) as Experiment;
    this.write({ ...experiment.stages, [stage]: { ...experiment.stages[stage], options } });
  }

  /** Runs what is to be run. @returns how each stage ended */
  async run(options: Partial<RunOptions> = {}): Promise<Record<string, string>> {
    this.ran.length = 0;
    const reports = await runStages(openExperiment(this.root), {
      program: 'first',
      perform: async (stage, path, begun) => this.perform(stage, path, begun),
      ...options,
    });
    return Object.fromEntries(reports.map(({ stage, outcome }) => [stage.name, outcome]));
  }

  /** Results follow from the settings and from what is read. */
  private perform(stage: Stage, path: string, begun: boolean): void {
    this.ran.push(begun ? `${stage.name} goes on` : stage.name);
    writeFileSync(join(path, 'journal.txt'), 'begun');
    if (stage.name === this.fails) throw new Error('disk full');
    const read = stage.needs.map(need =>
      readFileSync(join(this.root, 'out', need, 'results.txt'), 'utf8'),
    );
    // epochs change a result, titles do not
    writeFileSync(
      join(path, 'results.txt'),
      `${stage.name} ${stage.options.epochs} ${read.join('|')}`,
    );
  }
}

test('all stages run once, in order, and then are up to date', async () => {
  const trial = new Trial();
  expect(await trial.run()).toEqual({
    train: 'done',
    synth: 'done',
    estimate: 'done',
    report: 'done',
  });
  expect(trial.ran).toEqual(['train', 'synth', 'estimate', 'report']);
  const again = await trial.run();
  expect(new Set(Object.values(again))).toEqual(new Set(['up to date']));
  expect(trial.ran).toEqual([]);
});

test('changed settings run their stage, and those behind it only where its results are others', async () => {
  const trial = new Trial();
  await trial.run();
  trial.change('report', { title: 'two' });
  await trial.run();
  expect(trial.ran).toEqual(['report']);
  trial.change('train', { epochs: 2 });
  await trial.run();
  expect(trial.ran).toEqual(['train', 'estimate', 'report']);
  trial.change('train', { epochs: 2, name: 'without effect on the result' });
  await trial.run();
  expect(trial.ran).toEqual(['train']);
});

test('changed inputs, lost or altered results and another program run stages again', async () => {
  const trial = new Trial();
  await trial.run();
  appendFileSync(join(trial.root, 'data.csv'), '3,4\n');
  await trial.run();
  expect(trial.ran).toEqual(['train']);
  rmSync(join(trial.root, 'out/estimate/results.txt'));
  await trial.run();
  expect(trial.ran).toEqual(['estimate']);
  appendFileSync(join(trial.root, 'out/estimate/results.txt'), 'by hand');
  await trial.run();
  expect(trial.ran).toEqual(['estimate']);
  await trial.run({ program: 'second' });
  expect(trial.ran).toEqual(['train', 'synth', 'estimate', 'report']);
});

test('what needs a failed stage waits, the rest runs, and the failed one goes on', async () => {
  const trial = new Trial();
  trial.fails = 'train';
  const ended = await trial.run();
  expect(ended).toEqual({ train: 'failed', synth: 'done', estimate: 'waiting', report: 'waiting' });
  trial.fails = undefined;
  await trial.run();
  expect(trial.ran).toEqual(['train goes on', 'estimate', 'report']);
});

test('a failed stage with other settings does not go on', async () => {
  const trial = new Trial();
  trial.fails = 'train';
  await trial.run();
  trial.fails = undefined;
  trial.change('train', { epochs: 3 });
  await trial.run();
  expect(trial.ran).toEqual(['train', 'estimate', 'report']);
});

test('stages can be chosen, with what they need or alone, and run again', async () => {
  const trial = new Trial();
  await trial.run({ only: ['estimate'] });
  expect(trial.ran).toEqual(['train', 'estimate']);
  await trial.run({ only: ['estimate'], force: true, alone: true });
  expect(trial.ran).toEqual(['estimate']);
  await expect(trial.run({ only: ['estimat'] })).rejects.toThrow(
    "no stage is called 'estimat'; expected one of train, synth, estimate, report",
  );
});

test('a stage alone is refused where what it needs is not there', async () => {
  const trial = new Trial();
  expect(await trial.run({ only: ['report'], alone: true })).toEqual({ report: 'failed' });
  expect(trial.ran).toEqual([]);
});

test('a stage whose input changes while it runs has failed', async () => {
  const trial = new Trial();
  const ended = await trial.run({
    perform: async ({ name }, path) => {
      writeFileSync(join(path, 'results.txt'), name);
      if (name === 'train') appendFileSync(join(trial.root, 'data.csv'), '5\n');
    },
  });
  expect(ended).toMatchObject({ train: 'failed', estimate: 'waiting' });
});

test('an interruption ends all, and the stage goes on', async () => {
  const trial = new Trial();
  const controller = new AbortController();
  const stopped = trial.run({
    signal: controller.signal,
    perform: async () => {
      controller.abort(new Error('stop'));
      throw new Error('interrupted child');
    },
  });
  await expect(stopped).rejects.toThrow('stop');
  await trial.run();
  expect(trial.ran[0]).toBe('train goes on');
});

test('jobs run side by side where they do not need each other', async () => {
  const trial = new Trial();
  const running = new Set<string>();
  const together: string[][] = [];
  const perform = async ({ name }: Stage, path: string): Promise<void> => {
    running.add(name);
    // the first one is still running when the one beside it is done
    await new Promise(resolve => setTimeout(resolve, name === 'train' ? 60 : 20));
    if (running.size > 1) together.push([...running].toSorted());
    running.delete(name);
    writeFileSync(join(path, 'results.txt'), name);
  };
  const ended = await trial.run({ jobs: 2, perform });
  expect(Object.entries(ended).map(String)).toEqual(
    ['train', 'synth', 'estimate', 'report'].map(name => `${name},done`),
  );
  expect(together[0]).toEqual(['synth', 'train']);
  expect(together.some(names => names.includes('report'))).toBe(false);
  expect(together.some(names => names.includes('estimate') && names.includes('train'))).toBe(false);
});

test('a script runs again where a module that it imports is another', async () => {
  const trial = new Trial();
  const file = (name: string): string => join(trial.root, name);
  mkdirSync(file('lib'));
  writeFileSync(file('table.mjs'), "import { mean } from './lib/mean.mjs';\nmean();\n");
  writeFileSync(file('lib/mean.mjs'), "export { mean } from '../lib/sums.mjs';\n");
  writeFileSync(file('lib/sums.mjs'), 'export const mean = () => 1;\n');
  trial.write({ table: { script: 'table.mjs' } });
  await trial.run();
  await trial.run();
  expect(trial.ran).toEqual([]);
  writeFileSync(file('lib/sums.mjs'), 'export const mean = () => 2;\n');
  await trial.run();
  expect(trial.ran).toEqual(['table']);
});

test('experiments that are not there say how to begin one', () => {
  expect(() => openExperiment(folder.path('none'))).toThrow(
    /none: not found; `nads new experiment/,
  );
});
