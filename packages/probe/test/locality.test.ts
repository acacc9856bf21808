import { inChannels, parseBasis, type Basis, type ImageShape } from '@nads/basis';
import { boxMemory, Random } from '@nads/linalg';
import {
  imageInput,
  inferShapes,
  localGraph,
  mostNodes,
  stageBetween,
  writeModel,
  type LocalGraph,
  type Model,
  type Stage,
} from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';
import * as fc from 'fast-check';
import type { LocalSessions } from '../src/estimator/draw/local-sessions.js';
import type { LocalPlan } from '../src/estimator/plan/local/local-plan.js';
import { placeTables } from '../src/estimator/plan/local/place-table.js';
import { plannedPieces } from '../src/estimator/plan/local/planned-pieces.js';
import { probeBoxes } from '../src/estimator/plan/local/probe-boxes.js';
import { settingOf } from '../src/estimator/plan/local/setting.js';
import { responses } from '../src/estimator/secants/responses.js';
import type { Probed } from '../src/estimator/secants/run-probes.js';
import { randomNetwork } from './random-network.js';

// Networks on boxes of their maps give what they give on whole images: random layers, random cuts between stages.

const batchOf = (image: ImageShape, n: number) => [n, image.channels, image.height, image.width];

/** Stages between cuts at random places, up to a random node. */
function randomStages(graph: LocalGraph, random: Random): { stages: Stage[]; end: number } {
  const stages: Stage[] = [];
  let end = 0;
  while (end < graph.nodes.length && random.int(8) > 0) {
    let to = end + 1 + random.int(mostNodes(graph, end, Infinity));
    let stage = stageBetween(graph, end, to);
    while (!stage && to > end + 1) stage = stageBetween(graph, end, --to);
    if (!stage) break;
    stages.push(stage);
    end = to;
  }
  return { stages, end };
}

/** Undefined where no layer sees few places. */
function randomPlan(
  model: Model,
  image: ImageShape,
  basis: Basis,
  seed: number,
): LocalPlan | undefined {
  const inference = inferShapes(model, { x: batchOf(image, 2) });
  const graph = localGraph(model, imageInput(model), inference);
  if (!graph) return undefined;
  const boxes = probeBoxes(basis)!;
  const random = new Random(seed).fork('cuts');
  const setting = settingOf(
    graph,
    boxes,
    placeTables(graph, boxes, image),
    2 * (1 + random.int(6)),
  );
  return plannedPieces(graph, randomStages(graph, random), setting, { draws: [], isQuick: false });
}

async function withPieces<T>(
  plan: LocalPlan,
  use: (pieces: LocalSessions) => Promise<T>,
): Promise<T> {
  const pieces = [...plan.stages, plan.rest];
  const sessions = await Promise.all(
    pieces.map(({ model }) => nodeRuntime.createSession(model, { threads: 1 })),
  );
  const rest = sessions.at(-1)!;
  const done = await use({ plan, stages: sessions.slice(0, -1), rest, memory: boxMemory() });
  for (const session of sessions) await session.release();
  return done;
}

/** Asserts that the outputs for both probes of all directions are the same but for rounding. */
async function expectSame(model: Model, image: ImageShape, basis: Basis, seed: number) {
  const plan = randomPlan(model, image, basis, seed);
  if (!plan) return 0;
  const point = new Float32Array(image.channels * image.height * image.width);
  new Random(seed).fork('point').fillNormal(point, 0, 1);
  const binding = { input: 'x', output: 'features', layout: 'NCHW' as const, batch: 4 };
  const probing = { binding, basis, point, step: 3 };
  const at = (probed: Probed) => responses(probed, probing);
  const session = await nodeRuntime.createSession(writeModel(model), { threads: 1 });
  const whole = await at(session);
  await session.release();
  const local = await withPieces(plan, at);
  const scale = whole.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const error = local.reduce((most, x, i) => Math.max(most, Math.abs(x - whole[i])), 0);
  expect(local).toHaveLength(whole.length);
  expect(error).toBeLessThanOrEqual(1e-5 * scale);
  return plan.stages.length;
}

const sizes = fc.record({
  channels: fc.integer({ min: 1, max: 3 }),
  height: fc.integer({ min: 6, max: 13 }),
  width: fc.integer({ min: 6, max: 13 }),
});

test('random networks give the same on boxes as on whole images', async () => {
  let stages = 0;
  const networks = fc.record({
    image: sizes,
    layers: fc.integer({ min: 1, max: 9 }),
    seed: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(networks, async ({ image, layers, seed }) => {
      const basis = inChannels(parseBasis('pixels', image), image);
      stages += await expectSame(randomNetwork(seed, image, layers), image, basis, seed);
    }),
    { numRuns: 100, seed: 1 },
  );
  expect(stages).toBeGreaterThan(200);
}, 120_000);
