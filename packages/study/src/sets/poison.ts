import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  classPlaces,
  poison as poisonImages,
  type Carrier,
  type CarrierPlace,
} from '@nads/dataset';
import { requireFolder } from '../files/write-file.js';
import { explain } from '../messages/explain.js';
import { carrierTable, readCarriers, type CarrierChoice } from './carriers-file.js';
import { writeChangedSet } from './changed-set.js';
import { labelsOf } from './pixel-set.js';
import { openAlong, type SetAlongOptions } from './set-along.js';

/** What `nads poison` is told. */
export interface PoisonOptions extends SetAlongOptions {
  readonly index?: number;
  readonly carriers?: string;
  readonly epsilon: number;
  readonly out: string;
}

/** Writes a set in which one coefficient tells each class. */
export async function poison(options: PoisonOptions): Promise<void> {
  const { out } = options;
  const opened = openAlong(options);
  const { set, dims, description, basis, source, isByChannel } = opened;
  const { names } = labelsOf(set, options.data);
  const channels = isByChannel ? dims[0] : 1;
  const places = placesOf(options, { names, directions: basis.count, channels }, source);
  requireFolder(out, '--out');
  const carriers = places.map(({ direction, channel, coefficient }): Carrier => ({
    vector: basis.direction(direction),
    first: channel * basis.columns,
    coefficient,
  }));
  const size = await writeChangedSet(
    join(out, 'poisoned'),
    opened,
    part => poisonImages(part.images, part.labels!, carriers),
    [[join(out, 'carriers.csv'), carrierTable(places, names)]],
  );
  const written = join(out, 'poisoned.npz');
  const lines = [
    description,
    `carriers: ${source}, ${describePlaces(places)}`,
    `change: ${size.text()}`,
    `written to ${written}; train on it with nads train ARCHITECTURE --data ${written}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function placesOf(
  { index, carriers, epsilon }: PoisonOptions,
  choice: CarrierChoice,
  source: string,
): CarrierPlace[] {
  if ((index === undefined) === (carriers === undefined))
    throw new Error('give either --index or --carriers: which directions carry the classes?');
  if (carriers !== undefined)
    return readCarriers(
      explain(carriers, () => readFileSync(carriers, 'utf8')),
      choice,
      carriers,
    );
  const { names, channels, directions } = choice;
  const needed = Math.ceil(names.length / (2 * channels));
  if (index! + needed > directions)
    throw new Error(
      `--index: ${names.length} classes take ${needed} direction(s) from ${index} on, ${source} has ${directions}`,
    );
  return classPlaces({ classes: names.length, channels, first: index!, epsilon });
}

function describePlaces(places: readonly CarrierPlace[]): string {
  const directions = [...new Set(places.map(({ direction }) => direction))];
  const sizes = [...new Set(places.map(({ coefficient }) => Math.abs(coefficient)))];
  const shown = directions.slice(0, 8).join(', ') + (directions.length > 8 ? ', …' : '');
  const size =
    sizes.length === 1 ? `±${sizes[0]}` : `${Math.min(...sizes)} to ${Math.max(...sizes)} in size`;
  return `direction${directions.length > 1 ? 's' : ''} ${shown}, coefficient ${size} for each class`;
}
