import { preprocessingFields, type Preprocessing } from '@nads/dataset';
import { OptionError } from '@nads/linalg';
import type { Identity } from '../identity.js';
import { identityOf } from './training-sets.js';

/** Settings of a training as checkpoints without a version have them: the options of the command line. */
interface OldSettings {
  readonly seed: number;
  readonly direction?: string;
  readonly data?: string;
  readonly channels?: number;
  readonly size?: readonly number[];
  /** A file. */
  readonly preprocessing?: string;
  readonly bgr?: boolean;
}

/** Settings that are still said in the same way. */
const unchanged = [
  'architecture',
  'pooling',
  'optimizer',
  'schedule',
  'rate',
  'momentum',
  'weightDecay',
  'clip',
  'epochs',
  'batch',
  'seed',
];

/**
 * The identity of a checkpoint that was written before there were versions.
 * @param wanted what it does not tell is taken from here
 * @throws where its direction has not the same name any more
 */
export function identityBeforeVersions(
  where: string,
  settings: Readonly<Record<string, unknown>>,
  wanted: Identity,
): Identity {
  const old = settings as unknown as OldSettings;
  return {
    ...pick(settings as Identity, unchanged),
    ...(old.direction === undefined ? ofData(old, wanted) : along(where, old, settings, wanted)),
  };
}

function along(
  where: string,
  { seed, direction = '', channels = 1, size = [32, 32] }: OldSettings,
  settings: Readonly<Record<string, unknown>>,
  wanted: Identity,
): Identity {
  if (channels > 1 && /^(nads|random):/.test(direction))
    throw new OptionError(
      'resume',
      `${where}: written by an older nads, in which '${direction}' was a direction of whole images; it is one of a single channel now; leave out \`resume\` to start over`,
    );
  return {
    ...pick(settings as Identity, ['sigma', 'epsilon', 'train', 'test']),
    direction: byPlace(direction),
    image: [channels, ...size].join('x'),
    'seed of images': seed,
    ...pick(wanted, ['rows']),
  };
}

/** Numbers counted the places of a grid, row by row. */
function byPlace(direction: string): string {
  const [, basis, side, number] = /^((?:fourier|dct):(\d+))@(\d+)$/.exec(direction) ?? [];
  if (basis === undefined) return direction;
  return `${basis}@${Number(number) % Number(side)}:${Math.floor(Number(number) / Number(side))}`;
}

function ofData(old: OldSettings, wanted: Identity): Identity {
  const fields = preprocessingFields.filter(key => key !== 'layout');
  if (old.preprocessing !== undefined) return { data: old.data!, ...pick(wanted, fields) };
  const stated = { ...pick(old as unknown as Identity, fields), ...(old.bgr && { order: 'BGR' }) };
  return { data: old.data!, ...identityOf(stated as Partial<Preprocessing>) };
}

const pick = (from: Identity, keys: readonly string[]): Identity =>
  Object.fromEntries(keys.flatMap(key => (from[key] === undefined ? [] : [[key, from[key]]])));
