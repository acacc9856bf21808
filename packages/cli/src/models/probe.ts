import { dirname } from 'node:path';
import { encodeNpy } from '@nads/dataset';
import { Random } from '@nads/linalg';
import { batchDims, inferShapes, writeModel, type ImageInput, type Layout } from '@nads/onnx';
import {
  isIndependent,
  NotFinite,
  notFiniteNode,
  outputsOf,
  parseBasis,
  probes,
  secants,
  subjectBatch,
  subjectOf,
  type Intake,
  type Probing,
  type Subject,
} from '@nads/probe';
import type { Session } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { readImages } from '../files/read-array.js';
import { requireFolder, writeWhole } from '../files/write-file.js';
import { explain, explainLater } from '../messages/explain.js';
import { Progress } from '../messages/progress.js';
import { loadModel } from './load-model.js';

interface Options {
  readonly points: string;
  readonly output: string;
  readonly step: number;
  readonly of: 'outputs' | 'features';
  readonly size?: readonly [number, number];
  readonly layout?: Layout;
  readonly batch?: number;
}

/** Writes the secants of a file's own weights at given points: [n, outputs or features, C·H·W]. */
export async function probe(file: string, options: Options): Promise<void> {
  const { model } = loadModel(file);
  const subject = explain(file, () => subjectOf(model, options));
  const intake = explain(file, () => intakeOf(subject, options.batch));
  const { channels, height, width } = subject.image;
  const points = readImages(options.points, [channels, height, width]);
  requireFolder(dirname(options.output), '--output');
  const secantsOfAll = await explainLater(file, () =>
    allSecants(subject, intake, points, options.step),
  );
  const pixels = channels * height * width;
  const shape = [points.length, secantsOfAll[0].length / pixels, pixels];
  writeWhole(options.output, encodeNpy({ dtype: 'float32', shape, data: joined(secantsOfAll) }));
}

/** How the subject takes images, so many in a run. */
function intakeOf(subject: Subject, chosen: number | undefined): Intake {
  const { network, image, output, images } = subject;
  const inference = inferShapes(network, { [image.name]: batchDims(image, images) });
  const batch = subjectBatch(subject, network, inference, chosen);
  return { input: image.name, output, layout: image.layout, batch };
}

async function allSecants(
  { network, image }: Subject,
  intake: Intake,
  points: readonly Float32Array[],
  step: number,
): Promise<Float32Array[]> {
  const model = writeModel(network);
  const session = await nodeRuntime.createSession(model);
  const batch = (await mixesImages(session, image, intake, points[0])) ? 1 : intake.batch;
  const probing = { intake: { ...intake, batch }, basis: parseBasis('pixels', image), step };
  const progress = new Progress('points');
  const results: Float32Array[] = [];
  try {
    for (const point of points) {
      const phi = await secants(session, { ...probing, point }).catch((error: Error) =>
        blame(model, { ...probing, point }, error),
      );
      results.push(transposed(phi, probing.basis.size));
      progress.update(results.length, points.length);
    }
  } finally {
    progress.end();
  }
  return results;
}

/** Whether what the model says of an image depends on the others in its batch. */
async function mixesImages(
  session: Session,
  image: ImageInput,
  intake: Intake,
  point: Float32Array,
): Promise<boolean> {
  const images = new Float32Array(intake.batch * point.length);
  new Random('trial').fillNormal(images, 0, 1);
  const together = await outputsOf(session, intake, image, images);
  return !(await isIndependent(session, intake, image, images, together));
}

/** @throws the error, with the node that is to blame where numbers are not finite. */
async function blame(model: Uint8Array, probing: Probing, error: Error): Promise<never> {
  if (!(error instanceof NotFinite)) throw error;
  const intake = { ...probing.intake, batch: Math.min(2, probing.intake.batch) };
  throw error.of(await notFiniteNode(nodeRuntime, model, {}, probes({ ...probing, intake })));
}

/** [rows × columns] as [columns × rows]. */
function transposed(values: Float32Array, rows: number): Float32Array {
  const columns = values.length / rows;
  const out = new Float32Array(values.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) out[j * rows + i] = values[i * columns + j];
  return out;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.length * parts[0].length);
  parts.forEach((part, i) => whole.set(part, i * part.length));
  return whole;
}
