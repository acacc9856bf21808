import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from '../estimate/command.ts';
import { beside, type Result } from '../lib/beside.ts';
import { startWorkers } from './start-workers.ts';

const workers = 2;

/** Images that cells are scored on. */
const set = ['--basis', 'fourier:16', '--index', '9:7', '--channels', '3', '--count', '64'];

const imagesFile = (folder: string): string => join(folder, 'set.npz');

/** A study of as many tasks as it is asked for. */
interface Study {
  readonly name: string;
  /** Tasks of the two short runs of one process, and of the run by the queue. */
  readonly counts: readonly [number, number, number];
  /** Its command, of words without spaces. */
  readonly command: (tasks: number) => string;
}

/**
 * Whole times of an estimate, a sweep and scores of cells by two workers of one thread, against those that the model of
 * docs/scaling.md gives: what a study takes without tasks, and n / c times (t + o). Two short runs on as many threads give the first and t.
 * @param perTask o, seconds that the queue costs a task
 * @param place gives the options of a queue with a store of its own
 */
export async function costModel(
  perTask: number,
  place: (name: string) => readonly string[],
): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'nads-bench-cost-'));
  try {
    const results: Result[] = [];
    await command('synth', ...set, '--out', imagesFile(folder));
    for (const study of studies(folder)) results.push(await modelled(study, perTask, place));
    return results;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function modelled(
  { name, counts: [few, more, many], command: words }: Study,
  perTask: number,
  place: (name: string) => readonly string[],
): Promise<Result> {
  const seconds = async (tasks: number, ...rest: readonly string[]): Promise<number> =>
    (await command(...words(tasks).split(' '), '--quiet', ...rest)).seconds;
  const threads = name === 'cells' ? '--threads' : '--workers';
  const short = await seconds(few, threads, `${workers}`);
  const longer = await seconds(more, threads, `${workers}`);
  const task = ((longer - short) / (more - few)) * workers;
  const predicted = short + ((many - few) / workers) * task + (many / workers) * perTask;
  const queue = place(name);
  const running = await startWorkers(workers, queue);
  try {
    return beside(`queue-model-${name}`, await seconds(many, ...queue), predicted, {
      own: true,
      compared: `${many} tasks of ${task.toPrecision(2)} s by ${workers} workers, against what the model of docs/scaling.md gives`,
    });
  } finally {
    await running.stop();
  }
}

const studies = (folder: string): readonly Study[] => [
  {
    name: 'estimate',
    counts: [8, 24, 64],
    command: n => `estimate models/vgg11bn-narrow.onnx --networks ${n} --out OUT`,
  },
  {
    name: 'sweep',
    counts: [4, 12, 32],
    command: n =>
      `sweep lenet --basis fourier:16 --indices 0-${n - 1} --sigma 3 --epsilon 2 --train 2000 --test 1000 --epochs 2 --out OUT`,
  },
  {
    name: 'cells',
    counts: [4, 12, 32],
    command: n =>
      `score --cells ${cellsFile(folder, n)} --data ${imagesFile(folder)} --batch 64 --scores naswot --out OUT`,
  },
];

/** The same cell over and over is scored once, so these all differ. */
function cellsFile(folder: string, count: number): string {
  const operations = ['nor_conv_3x3', 'nor_conv_1x1', 'skip_connect', 'avg_pool_3x3'];
  const cells = Array.from({ length: count }, (_, i) => {
    const [a, b, c] = [i % 4, (i >> 2) % 4, (i >> 4) % 4].map(at => operations[at]);
    return `|nor_conv_3x3~0|+|${a}~0|${b}~1|+|${c}~0|nor_conv_1x1~1|nor_conv_3x3~2|`;
  });
  const file = join(folder, `cells-${count}.csv`);
  writeFileSync(file, ['cell', ...cells, ''].join('\n'));
  return file;
}
