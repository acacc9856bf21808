import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadInput } from '../lib/bad-input.ts';
import type { Measurement } from '../lib/measurement.ts';

/** What is in a folder beside the measurements: `bench -- all` says there how the whole went. */
const summary = 'all.json';

/** The measurements in a folder, one a file, by the name of the benchmark. @throws BadInput naming the file */
export function readMeasurements(folder: string): Map<string, Measurement> {
  if (!existsSync(folder)) throw new BadInput(`there is no folder ${folder}`);
  const files = readdirSync(folder).filter(name => name.endsWith('.json') && name !== summary);
  return new Map(
    files.toSorted().map(name => {
      const measurement = readMeasurement(join(folder, name));
      return [measurement.benchmark, measurement];
    }),
  );
}

function readMeasurement(file: string): Measurement {
  const value = parsed(file) as Partial<Measurement> | null;
  if (typeof value?.benchmark === 'string' && Array.isArray(value.results))
    return value as Measurement;
  throw new BadInput(
    `${file} holds no measurement: expected what 'npm run bench -- NAME --json' prints`,
  );
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new BadInput(`${file} cannot be read: ${(error as Error).message}`);
  }
}
