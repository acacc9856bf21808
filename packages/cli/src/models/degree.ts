import {
  coefficientsFile,
  degree as study,
  degreeSummary,
  degreeText,
  type DegreeSettings,
} from '@nads/study';
import { nodeEnvironment, requireWritable, writeWhole } from '@nads/study/node';
import { openModel } from './manifest.js';
import { watchedToTheEnd } from '../terminal/watched-to-the-end.js';

/** Options of `nads degree`. */
interface DegreeFlags extends Omit<DegreeSettings, 'coefficients'> {
  /** A file. */
  readonly coefficients?: string;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Runs `nads degree`. */
export async function degree(file: string, flags: DegreeFlags): Promise<void> {
  const { coefficients, force, json, quiet, ...settings } = flags;
  const source = openModel(file);
  if (coefficients !== undefined) requireWritable(coefficients, force);
  const wanted = { ...settings, coefficients: coefficients !== undefined };
  const result = await watchedToTheEnd(quiet, watch =>
    study(source, wanted, { ...nodeEnvironment(), ...watch }),
  );
  if (result.polynomial) writeWhole(coefficients!, coefficientsFile(result.polynomial));
  const text = json
    ? JSON.stringify(degreeSummary(result), null, 2)
    : degreeText(result).join('\n');
  process.stdout.write(`${text}\n`);
}
