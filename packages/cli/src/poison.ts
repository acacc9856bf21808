import { join } from 'node:path';
import { classCarriers, poison as poisonImages, type Carrier } from '@nads/dataset';
import { writeChangedSet } from './changed-set.js';
import { labelsOf } from './pixel-set.js';
import { openAlong, type SetAlongOptions } from './set-along.js';
import { requireFolder } from './write-file.js';

/** What `nads poison` is told. */
export interface PoisonOptions extends SetAlongOptions {
  readonly index: number;
  readonly epsilon: number;
  readonly out: string;
}

/** Writes a set in which one coefficient tells each class. */
export async function poison(options: PoisonOptions): Promise<void> {
  const { data, index, epsilon, out } = options;
  const opened = openAlong(options);
  const { set, dims, description, basis, source, isByChannel } = opened;
  const { classes, names } = labelsOf(set, data);
  const [channels, height, width] = dims;
  const places = isByChannel ? channels : 1;
  const needed = Math.ceil(classes / (2 * places));
  if (index + needed > basis.count)
    throw new Error(
      `--index: ${classes} classes take ${needed} direction(s) from ${index} on, ${source} has ${basis.count}`,
    );
  requireFolder(out, '--out');
  const carriers = classCarriers({
    classes,
    channels,
    area: height * width,
    direction: basis.direction,
    first: index,
    epsilon,
  });
  const table = carrierTable(carriers, names, { index, places, area: height * width });
  const size = await writeChangedSet(
    join(out, 'poisoned'),
    opened,
    part => poisonImages(part.images, part.labels!, carriers),
    [[join(out, 'carriers.csv'), table]],
  );
  const lines = [
    description,
    `carriers: ${source} ${index}${needed > 1 ? ` to ${index + needed - 1}` : ''}, coefficient ±${epsilon} for each class`,
    `change: ${size.text()}`,
    `written to ${join(out, 'poisoned.npz')}; train on it with nads train ARCHITECTURE --data ${join(out, 'poisoned.npz')}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

interface Place {
  readonly index: number;
  /** Channels that a direction carries classes in. */
  readonly places: number;
  readonly area: number;
}

function carrierTable(
  carriers: readonly Carrier[],
  names: readonly string[],
  { index, places, area }: Place,
): string {
  const lines = carriers.map(({ vector, coefficient }, label) => {
    const channel =
      places === 1 && vector.length > area
        ? 'all'
        : Math.floor(vector.findIndex(x => x !== 0) / area);
    const direction = index + Math.floor(label / (2 * places));
    return [label, names[label], direction, channel, coefficient].join(',');
  });
  return `${['label,class,direction,channel,coefficient', ...lines].join('\n')}\n`;
}
