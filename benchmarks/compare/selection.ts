import { BadInput } from '../lib/bad-input.ts';
import { requireKnown } from '../lib/known-names.ts';

/** A benchmark, whole or of one network. */
export interface Selection {
  readonly name: string;
  readonly only?: string;
}

/** What takes a minute or less without the peers. */
export const shortSelection = 'eigen,input-gradient:lenet,elasticity,score:resnet18';

/** Benchmarks as in `eigen,score:resnet18`, with the network after a colon. @throws BadInput for what is not there */
export function selectionOf(list: string): Selection[] {
  return list.split(',').map(item => {
    const [name, only, ...rest] = item.trim().split(':');
    requireKnown(name);
    if (rest.length > 0 || only === '')
      throw new BadInput(`--names: '${item}' is not NAME or NAME:NETWORK`);
    return only === undefined ? { name } : { name, only };
  });
}
