import { joined, OptionError } from '@nads/linalg';
import {
  feeds,
  inDoublePrecision,
  isFloating,
  sizeOf,
  writeModel,
  type Model,
  type ValueInfo,
} from '@nads/onnx';
import type { VectorFunction } from '@nads/probe';
import type { Runtime, Session, Value } from '@nads/runtime';

/** A model's outputs as a function of its one input. */
export interface OpenFunction extends VectorFunction {
  readonly precision: 'float64' | 'float32';
  /** Why not in double precision, in the runtime's words. */
  readonly obstacle?: string;
  /** Dims of one argument. */
  readonly inputDims: readonly number[];
  /** Names of the outputs whose numbers are the function's, in order, with how many each has. */
  readonly parts: () => readonly (readonly [name: string, numbers: number])[];
  readonly release: () => Promise<void>;
}

/** What is opened. */
export interface FunctionOptions {
  /** Height and width where the file leaves them free. */
  readonly size?: readonly [number, number];
  /** The output; all of them that hold floating-point numbers if not given. */
  readonly output?: string;
}

/**
 * Opens a model in double precision, or in single precision where the runtime has no double one for some operator.
 * @throws where the model has not exactly one input of floating-point numbers, or sizes are missing
 */
export async function openFunction(
  model: Model,
  runtime: Runtime,
  options: FunctionOptions = {},
): Promise<OpenFunction> {
  const input = onlyInput(model);
  const { dims, batch } = argumentsOf(input, options.size);
  const outputs = chosenOutputs(model, options.output);
  const { session, precision, obstacle } = await inBestPrecision(model, runtime);
  const counts = new Map<string, number>();
  const run = async (points: Float64Array, rows: number): Promise<Float64Array> => {
    const data = precision === 'float64' ? points : Float32Array.from(points);
    const fed: Value = { type: precision, dims: batch === 'none' ? dims : [rows, ...dims], data };
    return byRow(await session.run({ [input.name]: fed }), outputs, rows, counts);
  };
  return {
    inputs: sizeOf(dims),
    inputDims: dims,
    rounding: precision === 'float64' ? 2 ** -53 : 2 ** -24,
    precision,
    obstacle,
    parts: () => outputs.map(name => [name, counts.get(name) ?? 0]),
    at: points => inRuns(run, points, sizeOf(dims), rowsPerRun(batch)),
    release: () => session.release(),
  };
}

function onlyInput({ graph }: Model): ValueInfo {
  const inputs = feeds(graph);
  if (inputs.length !== 1 || !isFloating(inputs[0].type))
    throw new Error(
      `expected one input of floating-point numbers, found ${inputs.map(({ name, type }) => `'${name}' (${type ?? 'no tensor'})`).join(', ') || 'none'}`,
    );
  return inputs[0];
}

/** How arguments stand in the input. */
interface Arguments {
  /** Of one argument. */
  readonly dims: readonly number[];
  /** How many there are in a run: any number, as many as the file says, or one without an axis for them. */
  readonly batch: number | 'free' | 'none';
}

function argumentsOf({ name, dims }: ValueInfo, size?: readonly [number, number]): Arguments {
  if (!dims || dims.length === 0) throw new Error(`input '${name}' has no shape`);
  const [first, ...rest] = dims;
  if (rest.length === 0 && typeof first === 'number') return { dims: [first], batch: 'none' };
  const known = rest.map((one, axis) => {
    if (typeof one === 'number') return one;
    const sized = rest.length === 3 && axis > 0 ? size?.[axis - 1] : undefined;
    if (sized !== undefined) return sized;
    const shape = dims.map(each => each ?? '?').join(', ');
    throw new OptionError('size', `axis ${axis + 1} of input '${name}' [${shape}] is free`);
  });
  return { dims: known, batch: typeof first === 'number' ? first : 'free' };
}

function chosenOutputs({ graph }: Model, wanted?: string): string[] {
  const names = graph.outputs
    .filter(({ type }) => type === undefined || isFloating(type))
    .map(({ name }) => name);
  if (wanted === undefined) return names;
  if (names.includes(wanted)) return [wanted];
  throw new OptionError(
    'output',
    `there is no output '${wanted}'; choose one of ${names.join(', ')}`,
  );
}

async function inBestPrecision(model: Model, runtime: Runtime) {
  try {
    const session = await runtime.createSession(writeModel(inDoublePrecision(model)));
    return { session, precision: 'float64' as const };
  } catch (error) {
    const session: Session = await runtime.createSession(writeModel(model));
    return { session, precision: 'float32' as const, obstacle: (error as Error).message };
  }
}

const rowsPerRun = (batch: Arguments['batch']): number =>
  typeof batch === 'number' ? batch : { free: 256, none: 1 }[batch];

/** Runs so many rows at a time as the model takes; a last run that is short is filled up with its own first rows. */
async function inRuns(
  run: (points: Float64Array, rows: number) => Promise<Float64Array>,
  points: Float64Array,
  width: number,
  each: number,
): Promise<Float64Array> {
  const results: Float64Array[] = [];
  for (let from = 0; from < points.length; from += each * width) {
    const some = points.subarray(from, from + each * width);
    const found = await run(filledUp(some, each * width), each);
    results.push(found.subarray(0, (found.length * some.length) / (each * width)));
  }
  return joined(Float64Array, results);
}

const filledUp = (some: Float64Array, length: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => some[i % some.length]);

/** Outputs beside each other, row by row. */
function byRow(
  values: Readonly<Record<string, Value>>,
  names: readonly string[],
  rows: number,
  counts: Map<string, number>,
): Float64Array {
  for (const name of names) counts.set(name, values[name].data.length / rows);
  const width = names.reduce((sum, name) => sum + counts.get(name)!, 0);
  const all = new Float64Array(rows * width);
  let column = 0;
  for (const name of names) {
    const count = counts.get(name)!;
    if (!Number.isInteger(count))
      throw new Error(`output '${name}' has no number for each of ${rows} inputs`);
    const data = values[name].data as Float32Array | Float64Array;
    for (let i = 0; i < rows; i++)
      all.set(data.subarray(i * count, (i + 1) * count), i * width + column);
    column += count;
  }
  return all;
}
