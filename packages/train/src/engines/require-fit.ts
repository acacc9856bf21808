import type { State } from './engine.js';

/** @throws where a state has not the arrays of another, naming the first that is missing or has other dims. */
export function requireFit(own: State, given: State): void {
  for (const [name, { dims }] of own) {
    const found = given.get(name);
    if (!found) throw new Error(`has no '${name}': it belongs to another network or optimiser`);
    if (found.dims.join() !== dims.join())
      throw new Error(`'${name}' has dims [${found.dims}], this network has [${dims}]`);
  }
}
