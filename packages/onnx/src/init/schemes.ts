import { OptionError } from '@nads/linalg';
import type { LayerKind } from '../layers/weight-rule.js';
import { glorot } from './glorot.js';
import { heFanIn, heFanOut } from './he.js';
import { lecun } from './lecun.js';
import { likeFile } from './like-file.js';
import { orthogonal } from './orthogonal.js';
import { pytorch } from './pytorch.js';
import type { Scheme } from './scheme.js';

/** Every scheme by its name. */
export const schemes: Readonly<Record<string, Scheme>> = Object.fromEntries(
  [pytorch, heFanIn, heFanOut, glorot, lecun, orthogonal, likeFile].map(s => [s.name, s]),
);

/** The scheme for each kind of layer. */
export type Init = Readonly<Record<LayerKind, Scheme>>;

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
 * PyTorch's (`conv=he-fan-out,linear=pytorch`). Embeddings stay like the file unless named.
 * @throws for an unknown scheme or kind, listing those available.
 */
export function parseInit(text: string): Init {
  const init: Record<LayerKind, Scheme> = everywhere(pytorch);
  for (const part of text.split(',').filter(Boolean)) {
    const [left, right] = part.split('=').map(word => word.trim());
    if (right === undefined) Object.assign(init, everywhere(schemeOf(left)));
    else init[kindOf(left)] = schemeOf(right);
  }
  return init;
}

/** The text that `parseInit` reads back. */
export function formatInit(init: Init): string {
  return kinds.map(kind => `${kind}=${init[kind].name}`).join(',');
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
