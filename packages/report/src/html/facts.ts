import { escaped } from '../svg.js';

/** What is known, as in ['networks', '10']. */
export type Fact = readonly [name: string, value: string];

/** Facts as a list of names and values. */
export const factsMarkup = (facts: readonly Fact[]): string =>
  facts.length === 0 ? '' : ['<dl>', ...facts.map(factMarkup), '</dl>'].join('\n');

const factMarkup = ([name, value]: Fact): string =>
  `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`;
