// Arrangements of 3×3 convolutions over square maps with one zero around them, on one thread: processor microseconds an image at
// several batch sizes, the fastest of some rounds in which they take turns; processor milliseconds to make the session; and the
// largest error over the largest output, against sums in double precision. A star marks what the estimator chooses.
//   npm run build && npm run script -- tools/docs/small-maps.ts [channels×filters×side,…] [batches] [rounds]
import {
  Algebra,
  attributes,
  convolutionProduct,
  convolutionsOnSmallMaps,
  denseConvolution,
  node,
  operatorOf,
  sizeOf,
  winogradConvolution,
  withGraph,
  writeModelWithExternal,
  type Model,
  type Tensor,
} from '@nads/onnx';
import { Random } from '@nads/linalg';
import { nodeRuntime } from '@nads/runtime/node';
import type { Session } from '@nads/runtime';

const usual =
  '64×64×4,128×128×4,128×256×4,256×256×4,256×512×4,512×512×4,128×128×6,256×256×6,512×512×6,' +
  '128×128×8,256×256×8,512×512×8,512×512×2';
const [shapes = usual, batches = '8,32,128', rounds = '8'] = process.argv.slice(2);
const images = batches.split(',').map(Number);

const arrangements = {
  convolution: () => undefined,
  product: convolutionProduct,
  dense: denseConvolution,
  winograd: winogradConvolution,
};
type Name = keyof typeof arrangements;
const names = Object.keys(arrangements) as Name[];

/** What stands in the weights' place is drawn for each network. */
const variables = ['w', 'b'];
const random = new Random('small maps');

interface Shape {
  readonly channels: number;
  readonly filters: number;
  readonly side: number;
}

/** An arrangement at work. */
interface Contender {
  readonly name: Name;
  readonly isChosen: boolean;
  readonly session: Session;
  /** Processor seconds to make the session. */
  readonly seconds: number;
}

async function compare(shape: Shape): Promise<void> {
  const model = convolution(shape);
  const contenders = await opened(model);
  const errors = await largestErrors(contenders, model, shape);
  const times: Record<string, number>[] = [];
  for (const batch of images) times.push(await fastest(contenders, shape, batch));
  contenders.forEach(({ name, isChosen, session, seconds }, i) => {
    const cells = [
      `${shape.channels} → ${shape.filters}`,
      `${shape.side}×${shape.side}`,
      `${name}${isChosen ? ' *' : ''}`,
      (1000 * seconds).toFixed(0),
      ...times.map(of => (1e6 * of[name]).toFixed(0)),
      errors[i].toExponential(0),
    ];
    console.log(`| ${cells.join(' | ')} |`);
    void session.release();
  });
}

/** One convolution with drawn weights and a free batch. */
function convolution({ channels, filters, side }: Shape): Model {
  const window = attributes({ kernel_shape: [3, 3], pads: [1, 1, 1, 1] });
  return {
    irVersion: 8,
    opsets: new Map([['', 17]]),
    producer: { name: '', version: '' },
    functions: [],
    graph: {
      name: 'convolution',
      nodes: [node('Conv', ['x', ...variables], ['y'], window)],
      inputs: [{ name: 'x', type: 'float32', dims: ['N', channels, side, side] }],
      outputs: [{ name: 'y' }],
      initializers: new Map([
        ['w', normal([filters, channels, 3, 3], 1 / Math.sqrt(9 * channels))],
        ['b', normal([filters])],
      ]),
      valueInfo: [],
    },
  };
}

function normal(dims: readonly number[], deviation = 1): Tensor & { data: Float32Array } {
  const data = new Float32Array(sizeOf(dims));
  random.fillNormal(data, 0, deviation);
  return { type: 'float32', dims, data };
}

/** Sessions of all arrangements that there are of a model; the first one makes the runtime ready. */
async function opened(model: Model): Promise<Contender[]> {
  const chosen = String(operators(convolutionsOnSmallMaps(model, variables)));
  const all: Contender[] = [];
  for (const name of names) {
    const arranged = arrangement(model, name);
    if (!arranged) continue;
    await (await open(arranged)).release();
    const started = processorSeconds();
    const session = await open(arranged);
    const seconds = processorSeconds() - started;
    all.push({ name, isChosen: String(operators(arranged)) === chosen, session, seconds });
  }
  return all;
}

const operators = ({ graph }: Model): string[] => graph.nodes.map(({ operator }) => operator);

function arrangement(model: Model, name: Name): Model | undefined {
  const g = new Algebra(withGraph(model, { nodes: [] }), operatorOf, variables);
  const [one] = model.graph.nodes;
  g.reserve(one.outputs);
  const output = arrangements[name](g, one);
  if (output === undefined) return name === 'convolution' ? model : undefined;
  g.keep(node('Identity', [output], one.outputs));
  return withGraph(model, g.finish());
}

function open(model: Model): Promise<Session> {
  const bytes = writeModelWithExternal(model, new Map(variables.map(name => [name, name])));
  const external = new Map(
    variables.map(name => {
      const { buffer } = model.graph.initializers.get(name)!.data as Float32Array;
      return [name, new Uint8Array(buffer as ArrayBuffer)];
    }),
  );
  return nodeRuntime.createSession(bytes, { threads: 1, external });
}

/** Of all threads: on a machine that does other things, too, the clock says little. */
const processorSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Processor seconds an image of each arrangement. */
async function fastest(
  contenders: readonly Contender[],
  { channels, side }: Shape,
  batch: number,
): Promise<Record<string, number>> {
  const x = { ...normal([batch, channels, side, side]), type: 'float32' as const };
  const best: Record<string, number> = {};
  for (let round = 0; round <= Number(rounds); round++)
    for (const { name, session } of contenders) {
      const started = processorSeconds();
      await session.run({ x });
      const seconds = (processorSeconds() - started) / batch;
      best[name] = Math.min(best[name] ?? Infinity, seconds);
    }
  return best;
}

/** For one image the largest error over the largest output. */
async function largestErrors(
  contenders: readonly Contender[],
  model: Model,
  shape: Shape,
): Promise<number[]> {
  const x = { ...normal([1, shape.channels, shape.side, shape.side]), type: 'float32' as const };
  const exact = inDoublePrecision(model, x.data, shape);
  const errors: number[] = [];
  for (const { session } of contenders) {
    const { y } = await session.run({ x });
    const differences = Array.from(y.data as Float32Array, (value, i) => value - exact[i]);
    errors.push(largest(differences) / largest(exact));
  }
  return errors;
}

const largest = (values: ArrayLike<number>): number => {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most;
};

/** The convolution of one image by its definition. */
function inDoublePrecision(
  { graph }: Model,
  x: Float32Array,
  { channels, filters, side }: Shape,
): Float64Array {
  const [weights, bias] = variables.map(name => graph.initializers.get(name)!.data as Float32Array);
  const output = new Float64Array(filters * side * side);
  for (let at = 0; at < output.length; at++) {
    const [m, place] = [Math.floor(at / side ** 2), at % side ** 2];
    const [row, column] = [Math.floor(place / side), place % side];
    const taps = tapsAround(row, column, side);
    let sum = bias[m];
    for (let c = 0; c < channels; c++)
      for (const [tap, met] of taps)
        sum += weights[(m * channels + c) * 9 + tap] * x[c * side ** 2 + met];
    output[at] = sum;
  }
  return output;
}

/** Taps of a 3×3 kernel that meet the map, and the places that they meet. */
const tapsAround = (row: number, column: number, side: number): (readonly [number, number])[] =>
  Array.from({ length: 9 }, (_, tap) => {
    const [i, j] = [row + Math.floor(tap / 3) - 1, column + (tap % 3) - 1];
    return [tap, i < 0 || j < 0 || i >= side || j >= side ? -1 : i * side + j] as const;
  }).filter(([, met]) => met >= 0);

console.log(
  '| channels | map | arrangement | session |' + images.map(n => ` ${n} |`).join('') + ' error |',
);
console.log('| --- '.repeat(images.length + 5) + '|');
for (const shape of shapes.split(',')) {
  const [channels, filters, side] = shape.split('×').map(Number);
  await compare({ channels, filters, side });
}
