import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { feeds, floatOutputs, type Model } from '@nads/onnx';
import { sourceModel } from '@nads/study';
import { Tensor } from 'onnxruntime-node';
import { callNads } from './call-nads.ts';
import type { CheckResult } from './check-result.ts';
import { keptOperands } from './kept-operands.ts';
import { messageOf } from './message-of.ts';
import { nearestOutput } from './nearest-output.ts';
import { readFloats, type Floats } from './read-floats.ts';
import { relativeError } from './relative-error.ts';

/** Largest relative error against what is expected, and against central differences in single precision. */
const [tolerance, roughly] = [1e-3, 2e-2];

/** A folder with a model and points. */
class Case {
  readonly file: string;
  readonly points: Floats;
  readonly model: Model;
  readonly bytes: Buffer;
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    this.file = this.pathOf('model.onnx');
    if (!existsSync(this.file))
      throw new Error('there is no model.onnx: not a folder of a case that is known');
    this.bytes = readFileSync(this.file);
    this.model = sourceModel(this.file, this.bytes).model;
    this.points = readFloats(this.pathOf('x.npy'));
  }

  /** What outputs or gradients should be, where that is known. */
  get expected(): Floats | undefined {
    const file = this.pathOf('expected.npy');
    return existsSync(file) ? readFloats(file) : undefined;
  }

  /** How commands are told what the file leaves free. */
  get size(): readonly string[] {
    const [input] = feeds(this.model.graph);
    const isFixed = input.dims?.slice(2).every(size => typeof size === 'number');
    return isFixed === true
      ? []
      : ['--layout', 'NCHW', '--size', this.points.shape.slice(2).join('x')];
  }

  private pathOf(name: string): string {
    return join(this.folder, name);
  }
}

/**
 * What is right for any model: its gradients are those expected, or central differences of what onnxruntime gives for the
 * file; networks are drawn for it, in which every weight that the image does not change is another one, or is refused.
 */
export async function checkCase(folder: string, name: string, result: CheckResult): Promise<void> {
  const found = new Case(folder);
  const scratch = mkdtempSync(join(tmpdir(), 'case-'));
  const checks = { gradients, networks, weights };
  try {
    for (const [what, check] of Object.entries(checks)) {
      const problem = await check(found, scratch).catch(messageOf);
      result.note(problem === undefined, `${name}: ${what}`, `: ${problem}`);
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

type Problem = string | undefined;

/** `nads probe` against what is expected. */
async function gradients(
  { file, points, expected, bytes, size }: Case,
  scratch: string,
): Promise<Problem> {
  const out = join(scratch, 'gradients.npy');
  const options = [
    '--probe',
    'gradient',
    '--points',
    join(file, '..', 'x.npy'),
    '-o',
    out,
    ...size,
  ];
  callNads('probe', file, ...options);
  const given = readFloats(out);
  if (!given.data.every(Number.isFinite)) return 'not finite';
  const error =
    expected?.shape.length === given.shape.length
      ? relativeError(given.data, expected.data)
      : await nearestOutput(bytes, points, given);
  return error <= (expected ? tolerance : roughly)
    ? undefined
    : `relative error ${error.toExponential(1)}`;
}

/** What nads.json says of the output that was taken. */
interface Taken {
  readonly model: { readonly output?: string };
}

/** `nads estimate` writes numbers, or refuses the model. */
async function networks({ file, size, model }: Case, scratch: string): Promise<Problem> {
  const out = join(scratch, 'estimate');
  callNads('estimate', file, '--networks', '2', '--out', out, ...size);
  if (!existsSync(join(out, 'nads.npz'))) return 'no nads.npz';
  const about = JSON.parse(readFileSync(join(out, 'nads.json'), 'utf8')) as Taken;
  const outputs = floatOutputs(model);
  return outputs.length < 2 || outputs.some(({ name }) => name === about.model.output)
    ? undefined
    : 'does not say which output it takes';
}

/** Fresh weights are other ones. */
async function weights({ model, points }: Case): Promise<Problem> {
  const [{ name }] = feeds(model.graph);
  const image = new Tensor('float32', Float32Array.from(points.data), points.shape);
  const kept = await keptOperands(model, { [name]: image });
  return kept.length === 0 ? undefined : `the file's weights stay in ${kept.join(', ')}`;
}
