// How good the cells are that searches of NAS-Bench-201 find, over many runs with looked-up accuracies and equal budgets.
//   npm run script -- tools/docs/cell-search.ts TABLE SCORES [RUNS]
// TABLE is a CSV file with a column `cell` and accuracies; SCORES one of scores of some random cells of it, as tools/docs/cell-scores.ts
// leaves it in out/cell-scores: AREA begins with cells of it.
import { readFileSync } from 'node:fs';
import { Random } from '@nads/linalg';
import { accuracyTable, readCsv, searchCells, SearchSpace, type CellSearch } from '@nads/study';

const [tableFile, scoresFile, runs = '500'] = process.argv.slice(2);
const budgets = [20, 30, 50, 100];
const contents = readFileSync(tableFile, 'utf8');
const validation = accuracyTable(contents, tableFile, 'cifar10_valid_12');
const test = accuracyTable(contents, tableFile, 'cifar10_test_12');

/** Scores by cell. */
const scoresOf = (name: string): Map<string, number> =>
  new Map(
    readCsv(readFileSync(scoresFile, 'utf8'), ['cell', name], scoresFile).map(row => {
      const text = row.cell(name);
      return [row.cell('cell'), text === '-inf' ? -Infinity : Number(text)];
    }),
  );
const [naswot, parameters] = ['naswot', 'parameters'].map(scoresOf);

/** All cells of the table, of which searches begin with some whose scores are known. */
class ScoredSpace extends SearchSpace {
  private readonly scored = new SearchSpace([...naswot.keys()]);

  override draw(count: number, random: Random): string[] {
    return this.scored.draw(count, random);
  }
}

const spaces = {
  all: new SearchSpace(validation.cells),
  scored: new ScoredSpace(validation.cells),
};
const known = (scores: ReadonlyMap<string, number>) => async (cell: string) => scores.get(cell)!;
const methods: Record<string, Pick<CellSearch, 'method' | 'space' | 'scoreOf'>> = {
  'random search': { method: 'random', space: spaces.all },
  'regularised evolution': { method: 'rea', space: spaces.all },
  'AREA by naswot': { method: 'area', space: spaces.scored, scoreOf: known(naswot) },
  'AREA by parameters': { method: 'area', space: spaces.scored, scoreOf: known(parameters) },
};

console.log(`${runs} runs, ${validation.cells!.length} cells, ${naswot.size} of them scored`);
console.log(['budget'.padEnd(24), ...budgets.map(n => String(n).padStart(16))].join(''));
for (const [name, method] of Object.entries(methods)) {
  const found: string[] = [];
  for (const budget of budgets) found.push(await mean(method, budget));
  console.log([name.padEnd(24), ...found.map(text => text.padStart(16))].join(''));
}

/** Test accuracy of the cell of the best validation accuracy, mean and its standard error. */
async function mean(method: (typeof methods)[string], budget: number): Promise<string> {
  const best: number[] = [];
  for (let run = 0; run < Number(runs); run++) {
    const random = new Random(run);
    const { accuracyOf } = validation;
    const options = { budget, random, population: 10, tournament: 3, accuracyOf };
    const visits = await searchCells({ ...method, ...options });
    const { cell } = visits.reduce((a, b) => (b.accuracy > a.accuracy ? b : a));
    best.push(await test.accuracyOf(cell));
  }
  const average = best.reduce((sum, x) => sum + x, 0) / best.length;
  const squares = best.reduce((sum, x) => sum + (x - average) ** 2, 0);
  const error = Math.sqrt(squares / (best.length - 1) / best.length);
  return `${average.toFixed(2)} ± ${error.toFixed(2)} %`;
}
