import type { Fact, PageTable } from '@nads/report';
import { fileName } from '../../file-name.js';
import { pruneFile } from '../../prune/prune-files.js';
import { parsePruning, type SavedPruning } from '../../prune/saved-pruning.js';
import { modelFacts } from '../model-facts.js';
import { optionName } from '../option-name.js';
import type { ReadPart } from '../reported-part.js';
import { percent, shown } from '../shown.js';

/** A model without some of its channels: before, after, and after fine-tuning. */
export const reportedPruning: ReadPart = async saved => {
  const found = parsePruning(saved.path(pruneFile), await saved.text(pruneFile));
  return {
    title: `Pruning of ${fileName(found.model.file)}`,
    facts: [...modelFacts(found.model), ...settingFacts(found)],
    tables: [stateTable(found), groupTable(found)],
    command: found.arguments,
  };
};

/** Settings that are one word. */
const settingFacts = ({ settings }: SavedPruning): Fact[] =>
  Object.entries(settings).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number'
      ? [[optionName(name), String(value)] as const]
      : [],
  );

type State = SavedPruning['before'];

/** What is compared, and how it is written. */
const measures: readonly (readonly [name: string, text: (state: State) => string])[] = [
  ['channels', ({ channels }) => shown(channels)],
  ['parameters', ({ parameters }) => shown(parameters)],
  ['multiply–accumulates', ({ macs }) => shown(macs)],
  ['bytes', ({ bytes }) => shown(bytes)],
  ['milliseconds', ({ milliseconds }) => shown(milliseconds)],
  ['loss', ({ loss }) => shown(loss)],
  ['accuracy', ({ accuracy }) => percent(accuracy)],
];

function stateTable({ before, after, tuned }: SavedPruning): PageTable {
  const states = tuned ? [before, after, tuned] : [before, after];
  return {
    caption: 'The network',
    head: ['', 'before', 'after', 'fine-tuned'].slice(0, 1 + states.length),
    rows: measures
      .map(([name, text]) => [name, ...states.map(text)])
      .filter(([, ...cells]) => cells.some(cell => cell !== '-')),
  };
}

const groupTable = ({ groups }: SavedPruning): PageTable => ({
  caption: 'Channels that go together',
  head: ['group', 'channels', 'left', 'share'],
  rows: groups.map(({ name, channels, left }) => [
    name,
    String(channels),
    String(left),
    percent(left / channels),
  ]),
});
