import type { Fact } from '@nads/report';
import type { RunRecord } from '../run-record.js';

/** What was asked for: the options of a run that its results depend on, and its inputs. */
export const askedFacts = ({ settings, inputs }: RunRecord): Fact[] => [
  ...Object.entries(settings).map(([name, value]): Fact => [`--${dashed(name)}`, String(value)]),
  ...inputs.map(({ name, sha256 }): Fact => ['input', `${name} (sha256 ${sha256.slice(0, 16)})`]),
];

/** 'maxNetworks' as options have it: 'max-networks'. */
const dashed = (name: string): string =>
  name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
