import { availableParallelism } from 'node:os';
import { formatShape } from '@nads/basis';
import type { Layout } from '@nads/basis';
import {
  counted,
  inspect as study,
  shortNumber,
  type Forecast,
  type ModelFacts,
} from '@nads/study';
import { nodeEnvironment, readRows } from '@nads/study/node';
import { openModel } from './manifest.js';
import { escapeLine } from '../terminal/escape-controls.js';
import { withFlags } from '../terminal/with-flags.js';

/** Options of `nads inspect`. */
interface InspectFlags {
  readonly json?: boolean;
  readonly basis?: string;
  readonly size?: readonly [number, number];
  readonly layout?: Layout;
  readonly output?: string;
}

/** Prints what a model contains, and how estimate would treat it and at what cost. */
export function inspect(file: string, { json, ...settings }: InspectFlags): void {
  const { memory } = nodeEnvironment();
  const rows = settings.basis === undefined ? undefined : readRows(settings.basis);
  const workers = availableParallelism();
  const facts = study(openModel(file), { ...settings, rows, memory, workers });
  process.stdout.write(json ? `${JSON.stringify(facts, null, 2)}\n` : asText(facts));
}

function asText(facts: ModelFacts): string {
  const value = ({ name, type, dims }: ModelFacts['inputs'][number]): string =>
    `${name} ${type} [${dims?.join(', ') ?? '?'}]`;
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([name, n]) => `${name} ${n}`)
      .join(', ');
  return lines([
    ['file', `${facts.file} (${facts.bytes} bytes)`],
    ['sha256', facts.sha256],
    ['producer', `${facts.producer || 'unknown'}, IR ${facts.ir_version}, opset ${facts.opset}`],
    ...(facts.widened.length > 0
      ? [['precision', `float32 where the file has ${facts.widened.join(' and ')}`] as const]
      : []),
    ['inputs', facts.inputs.map(value).join('; ')],
    ['outputs', facts.outputs.map(value).join('; ')],
    ['operators', list(facts.operators)],
    ...(facts.estimate.possible
      ? forecastLines(facts.estimate, list)
      : [['estimate', `not possible: ${withFlags(facts.estimate.reason)}`] as const]),
  ]);
}

type Possible = Extract<Forecast, { possible: true }>;

function forecastLines(
  e: Possible,
  list: (counts: Readonly<Record<string, number>>) => string,
): (readonly [string, string])[] {
  const { image } = e;
  return [
    ['image', `${formatShape(image)} ${image.layout}: ${image.reason}`],
    [
      'batch',
      e.batch.free
        ? `free${e.batch.rewritten.length > 0 ? ` (once ${e.batch.rewritten.join(', ')} is rewritten)` : ''}`
        : `fixed: ${e.batch.obstacle}`,
    ],
    [
      'parameters',
      `${e.parameters.toLocaleString('en')} in ${e.weights.length} tensors: ${list(e.weights_live_in)}${Object.keys(e.weights_pass_through).length > 0 ? `, through ${list(e.weights_pass_through)}` : ''}`,
    ],
    ['layers', list(layersByKind(e.weights))],
    ...(e.output === null
      ? []
      : [['output', `'${e.output}' is analysed; --output takes another`] as const]),
    ...keptLines(e.kept),
    ['MACs', `${e.macs_per_image.toLocaleString('en')} per image, up to the features`],
    ['head', e.head],
    ...e.symmetries.map(
      ({ relabelling, holds, reason }) =>
        [relabelling, `${holds ? 'holds' : 'broken'}: ${reason}`] as const,
    ),
    [
      'estimate',
      `${e.directions} directions (${e.basis}), ${e.images_per_network.toLocaleString('en')} images per network, ${e.batch.images_per_run} per run, ${e.shortage ? `not possible: ${withFlags(e.shortage)}` : `about ${shortNumber(e.memory_bytes)}B`}`,
    ],
  ];
}

const keptLines = (kept: Possible['kept']): (readonly [string, string])[] =>
  kept.map(({ constants, node, operator, reason }) => [
    'kept',
    `${constants.map(name => `'${name}'`).join(', ')} of '${node}' (${operator}): ${reason}`,
  ]);

/** Layers counted by their kind; a layer whose weight is made of several constants counts once. */
function layersByKind(all: Possible['weights']): Record<string, number> {
  const weights = all.filter(({ role }) => role === 'weight' || role === 'scale');
  const kinds = new Map(weights.map(({ layer, kind }) => [`${kind} ${layer}`, kind]));
  return counted([...kinds.values()]);
}

const lines = (rows: readonly (readonly [string, string])[]): string =>
  rows.map(([name, text]) => `${name.padEnd(14)} ${escapeLine(text)}\n`).join('');
