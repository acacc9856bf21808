import { Random } from '@nads/linalg';
import { Algebra, operatorOf, sizeOf, withGraph, writeModel, type Model } from '@nads/onnx';
import type { Session, Values } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { arrangements, type Arrangement } from './dynamic/arrangements.ts';
import { beside, type Result } from './lib/beside.ts';
import { shortest } from './lib/shortest.ts';
import type { Outcome } from './lib/table.ts';
import type { RunOptions } from './run.ts';

/** Channels, filters and side of layers: of `nsl-dynamic`, and of the published network. */
const layers = [
  [16, 16, 32],
  [16, 32, 16],
  [32, 32, 32],
  [64, 64, 16],
  [128, 128, 8],
] as const;

const [images, rounds] = [32, 15];

/** The largest difference of outputs over the largest output. */
const tolerance = 1e-5;

/** Forward passes of a dynamic similarity layer, in the arrangement that is exported beside others. */
export async function run({ log }: RunOptions): Promise<Outcome> {
  const results: Result[] = [];
  for (const layer of layers) {
    results.push(...(await compare(layer)));
    log(`${layer.join(', ')}: done`);
  }
  return { results, peer: null, blas: null, comparable: true, notes };
}

const notes = [
  `Processor seconds for ${images} images, one thread; "ours" is what is exported, "peer" another arrangement of ours.`,
];

async function compare(layer: (typeof layers)[number]): Promise<Result[]> {
  const { model, values } = inputsOf(layer);
  const sessions = new Map<string, Session>();
  for (const [name, arrangement] of Object.entries(arrangements))
    sessions.set(name, await open(model, arrangement));
  await requireSame(sessions, values);
  const contenders = Object.fromEntries(
    [...sessions].map(([name, session]) => [name, () => processorSeconds(session, values)]),
  );
  const best = await shortest(rounds, contenders);
  for (const session of sessions.values()) await session.release();
  const [exported, ...others] = Object.keys(arrangements);
  const [channels, filters, side] = layer;
  return others.map(name =>
    beside(`${channels} → ${filters}, ${side}×${side}`, best[exported]!, best[name], {
      own: true,
      compared: `${exported} against ${name}`,
    }),
  );
}

/** A model without nodes, its weights constants, and random values of its inputs. */
function inputsOf([channels, filters, side]: (typeof layers)[number]) {
  const random = new Random('dynamic export');
  const normal = (dims: readonly number[]) => {
    const data = new Float32Array(sizeOf(dims));
    random.fillNormal(data, 0, 1);
    return { type: 'float32' as const, dims, data };
  };
  const dims = { x: [channels, side, side], d: [9, side, side] };
  const model: Model = {
    irVersion: 8,
    opsets: new Map([['', 17]]),
    producer: { name: 'nads', version: '' },
    functions: [],
    graph: {
      name: 'dynamic similarity',
      nodes: [],
      inputs: Object.entries(dims).map(([name, rest]) => ({
        name,
        type: 'float32',
        dims: ['N', ...rest],
      })),
      outputs: [{ name: 'y', type: 'float32' }],
      initializers: new Map([['w', normal([filters, channels, 3, 3])]]),
      valueInfo: [],
    },
  };
  const values: Values = { x: normal([images, ...dims.x]), d: normal([images, ...dims.d]) };
  return { model, values };
}

function open(model: Model, arrangement: Arrangement): Promise<Session> {
  const g = new Algebra(model, operatorOf);
  g.named(arrangement(g, { x: 'x', d: 'd', w: 'w' }), 'y');
  return nodeRuntime.createSession(writeModel(withGraph(model, g.finish())), { threads: 1 });
}

/** @throws where outputs differ. */
async function requireSame(sessions: ReadonlyMap<string, Session>, values: Values): Promise<void> {
  let first: Float32Array | undefined;
  for (const [name, session] of sessions) {
    const y = (await session.run(values)).y.data as Float32Array;
    first ??= y;
    const largest = y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const difference = y.reduce((most, value, i) => Math.max(most, Math.abs(value - first![i])), 0);
    if (!(difference <= tolerance * largest))
      throw new Error(`'${name}' computes something else: outputs differ by ${difference}`);
  }
}

/** Of all threads: on a machine that does other things, too, the clock says little. */
async function processorSeconds(session: Session, values: Values): Promise<number> {
  const before = process.cpuUsage();
  await session.run(values);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
