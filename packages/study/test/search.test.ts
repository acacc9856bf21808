import { Random } from '@nads/linalg';
import {
  accuracyTable,
  MemoryStore,
  search,
  searchCells,
  searchFiles,
  SearchSpace,
  type CellSearch,
  type CellSource,
} from '../src/index.js';

const space = new SearchSpace();
/** As many 3×3 convolutions as possible. */
const convolutions = (cell: string): number => cell.split('nor_conv_3x3').length - 1;

function plan(method: CellSearch['method'], rest: Partial<CellSearch> = {}) {
  const asked: string[] = [];
  const scored: string[] = [];
  const all: CellSearch = {
    method,
    budget: 40,
    space,
    random: new Random(3),
    population: 10,
    tournament: 3,
    accuracyOf: async cell => {
      asked.push(cell);
      return 10 * convolutions(cell);
    },
    scoreOf: async cell => {
      scored.push(cell);
      return convolutions(cell);
    },
    ...rest,
  };
  return { all, asked, scored };
}

const differences = (a: string, b: string): number => {
  const operations = (cell: string): string[] => cell.match(/[a-z0-9_]+(?=~)/g)!;
  return operations(a).filter((one, i) => one !== operations(b)[i]).length;
};

test('a cell has 24 neighbours, which differ in one operation', () => {
  const [cell] = space.draw(1, new Random(1));
  const neighbours = space.neighbours(cell);
  expect(new Set(neighbours).size).toBe(24);
  for (const other of neighbours) expect(differences(cell, other)).toBe(1);
  expect(new SearchSpace([cell, neighbours[5]]).neighbours(cell)).toEqual([neighbours[5]]);
});

test.each(['random', 'rea', 'area'] as const)(
  '%s asks for as many different cells as it may',
  async method => {
    const { all, asked, scored } = plan(method, method === 'area' ? {} : { scoreOf: undefined });
    const visits = await searchCells(all);
    expect(visits.map(({ cell }) => cell)).toEqual(asked);
    expect(new Set(asked).size).toBe(40);
    expect(scored).toHaveLength(method === 'area' ? 20 : 0);
  },
);

test('random search with a score asks for one accuracy, that of the best', async () => {
  const { all, asked, scored } = plan('random');
  await searchCells(all);
  expect(scored).toHaveLength(40);
  expect(asked).toHaveLength(1);
  expect(convolutions(asked[0])).toBe(Math.max(...scored.map(convolutions)));
});

test('area begins with the better half of what it scores', async () => {
  const { all, asked, scored } = plan('area');
  await searchCells(all);
  const rest = scored.filter(cell => !asked.slice(0, 10).includes(cell));
  const worst = Math.min(...asked.slice(0, 10).map(convolutions));
  for (const cell of rest) expect(convolutions(cell)).toBeLessThanOrEqual(worst);
});

test('evolution changes the best of some of the last ten, and gets better than chance', async () => {
  const { all } = plan('rea', { scoreOf: undefined });
  const visits = await searchCells(all);
  visits.slice(10).forEach(({ cell, parent }, i) => {
    expect(differences(cell, parent!)).toBe(1);
    expect(visits.slice(i, 10 + i).map(one => one.cell)).toContain(parent);
  });
  const mean = (some: typeof visits): number =>
    some.reduce((sum, { accuracy }) => sum + accuracy / some.length, 0);
  expect(mean(visits.slice(30))).toBeGreaterThan(mean(visits.slice(0, 10)) + 10);
});

const source = (asked: string[]): CellSource => ({
  accuracyOf: async cell => {
    asked.push(cell);
    return convolutions(cell);
  },
  scoreOf: async cell => (cell.includes('none') ? -Infinity : convolutions(cell)),
  accuracy: 'accuracy',
  identity: { made: 'up' },
});
const settings = { budget: 15, score: 'naswot', seed: 4 } as const;

test('a search that was interrupted goes on to the same files, without asking again', async () => {
  const whole: string[] = [];
  const expected = await search(source(whole), settings, {});
  const store = new MemoryStore('memory');
  const controller = new AbortController();
  const first: string[] = [];
  const onProgress = ({ done }: { done: number }): void => {
    if (done === 12) controller.abort(new Error('enough'));
  };
  const watch = { store, signal: controller.signal, onProgress };
  await expect(search(source(first), settings, watch)).rejects.toThrow('enough');
  await store.append('journal.jsonl', '{"what":"accuracy","ce');
  const second: string[] = [];
  const found = await search(source(second), settings, { store });
  expect(searchFiles(found)).toEqual(searchFiles(expected));
  expect([...first, ...second]).toEqual(whole);
  await expect(search(source([]), { ...settings, seed: 5 }, { store })).rejects.toThrow(
    'belongs to another seed (4, now 5)',
  );
});

test.each([
  [{ method: 'area' }, /area begins with the cells of the highest score/],
  [{ method: 'rea', score: 'naswot' }, /rea uses none/],
  [{ method: 'rea', tournament: 11 }, /drawn from a population of 10/],
  [{ method: 'rea', budget: 15626 }, /`budget`: 15626 is too large: there are 15625 cells/],
] as const)('%j is refused', async (wrong, problem) => {
  await expect(search(source([]), wrong, {})).rejects.toThrow(problem);
});

test('a table holds the cells of which accuracies are known', async () => {
  const [a, b] = [
    '|none~0|+|none~0|none~1|+|none~0|none~1|none~2|',
    '|none~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|',
  ];
  const table = accuracyTable(`cell,test,long\n${a},50.5,\n${b},60,70\n`, 't.csv', 'test');
  expect(table.cells).toEqual([a, b]);
  expect(await table.accuracyOf(a)).toBe(50.5);
  expect(accuracyTable(`cell,test,long\n${a},50.5,\n${b},60,70\n`, 't.csv', 'long').cells).toEqual([
    b,
  ]);
  expect(() => accuracyTable(`cell,test\n${a},high\n`, 't.csv', 'test')).toThrow(
    "t.csv, line 2: 'high' in column 'test' is no accuracy",
  );
  expect(() => accuracyTable(`cell,test\n${a},\n`, 't.csv', 'test')).toThrow('holds no accuracies');
});
