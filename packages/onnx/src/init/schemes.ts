import { OptionError } from '@nads/linalg';
import type { LayerKind } from '../layers/weight-rule.js';
import { glorot } from './glorot.js';
import { heFanIn, heFanOut } from './he.js';
import { lecun } from './lecun.js';
import { likeFile } from './like-file.js';
import { orthogonal } from './orthogonal.js';
import { pytorch } from './pytorch.js';
import { isScaled, scaledScheme, type Scaling } from './scaled-scheme.js';
import type { Draw, Scheme } from './scheme.js';

/** Every scheme by its name. */
export const schemes: Readonly<Record<string, Scheme>> = Object.fromEntries(
  [pytorch, heFanIn, heFanOut, glorot, lecun, orthogonal, likeFile].map(s => [s.name, s]),
);

/** The scheme for each kind of layer, and the weights that are drawn larger or smaller. */
export type Init = Readonly<Record<LayerKind, Scheme>> & { readonly scalings: readonly Scaling[] };

const kinds = [
  'conv',
  'conv-transpose',
  'linear',
  'norm',
  'prelu',
  'embedding',
  'recurrent',
] as const;

/**
 * Reads what a user says: one scheme for all layers (`pytorch`) or one per kind, the others
 * PyTorch's (`conv=he-fan-out,linear=pytorch`). Embeddings stay like the file unless named. A number is a factor for weights of a
 * name, in which * stands for anything (`*.m2.weight=0.001`).
 * @throws for an unknown scheme or kind, listing those available.
 */
export function parseInit(text: string): Init {
  const init: Record<LayerKind, Scheme> = everywhere(pytorch);
  const scalings: Scaling[] = [];
  for (const part of text.split(',').filter(Boolean)) {
    const [left, right] = part.split('=').map(word => word.trim());
    if (right === undefined) Object.assign(init, everywhere(schemeOf(left)));
    else if (isNumber(right)) scalings.push(scalingOf(left, Number(right)));
    else init[kindOf(left)] = schemeOf(right);
  }
  return { ...init, scalings };
}

const isNumber = (text: string): boolean => text !== '' && Number.isFinite(Number(text));

/** How one tensor is drawn. */
export const schemeFor = (init: Init, draw: Draw): Scheme =>
  scaledScheme(init[draw.kind], draw, init.scalings);

/** @throws OptionError where a factor is for weights that are not there, or not drawn at random. */
export function requireScaled({ scalings }: Init, draws: readonly Draw[]): void {
  const random = draws.filter(({ kind }) => kind !== 'norm' && kind !== 'prelu');
  const idle = scalings.find(scaling => !random.some(draw => isScaled(draw, scaling)));
  if (idle) throw new OptionError('init', `no weight that is drawn is called '${idle.pattern}'`);
}

function scalingOf(pattern: string, factor: number): Scaling {
  if (factor === 0) throw new OptionError('init', `the factor for '${pattern}' must not be 0`);
  return { pattern, factor };
}

/** The text that `parseInit` reads back. */
export function formatInit(init: Init): string {
  const ofKinds = kinds.map(kind => `${kind}=${init[kind].name}`);
  return [...ofKinds, ...init.scalings.map(one => `${one.pattern}=${one.factor}`)].join(',');
}

const everywhere = (scheme: Scheme): Record<LayerKind, Scheme> => ({
  ...(Object.fromEntries(kinds.map(kind => [kind, scheme])) as Record<LayerKind, Scheme>),
  embedding: likeFile,
});

function schemeOf(name: string): Scheme {
  if (!Object.hasOwn(schemes, name))
    throw new OptionError(
      'init',
      `unknown scheme '${name}'; choose one of ${Object.keys(schemes).join(', ')}`,
    );
  return schemes[name];
}

function kindOf(name: string): LayerKind {
  const kind = kinds.find(known => known === name);
  if (!kind)
    throw new OptionError(
      'init',
      `unknown kind of layer '${name}'; choose one of ${kinds.join(', ')}`,
    );
  return kind;
}
