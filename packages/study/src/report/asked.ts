import type { Fact } from '@nads/report';
import type { RunRecord } from '../run-record.js';
import { optionName } from './option-name.js';

/** What was asked for: the options of a run that its results depend on, and its inputs. */
export const askedFacts = ({ settings, inputs }: RunRecord): Fact[] => [
  ...Object.entries(settings).map(([name, value]): Fact => [optionName(name), String(value)]),
  ...inputs.map(({ name, sha256 }): Fact => ['input', `${name} (sha256 ${sha256.slice(0, 16)})`]),
];
