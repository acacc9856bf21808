import {
  allCells,
  cellEdges,
  cellOperations,
  formatCell,
  parseCell,
  type Cell,
} from '@nads/train/cells';
import type { Random } from '@nads/linalg';

/** Cells that a search may visit. */
export class SearchSpace {
  readonly cells: readonly string[];
  private readonly known: ReadonlySet<string>;

  /** @param cells in the benchmark's notation; all of NAS-Bench-201 if not given. */
  constructor(cells: readonly string[] = allCells().map(formatCell)) {
    this.cells = [...new Set(cells)];
    this.known = new Set(cells);
  }

  /** Cells that differ from one in a single operation, in the order of edges and operations. */
  neighbours(text: string): string[] {
    const cell = parseCell(text);
    const changed = cellEdges.flatMap((_, edge) =>
      cellOperations
        .filter(operation => operation !== cell[edge])
        .map((operation): Cell => cell.with(edge, operation)),
    );
    return changed.map(formatCell).filter(other => this.known.has(other));
  }

  /** Different cells, each as likely as any other. */
  draw(count: number, random: Random): string[] {
    const order = random.permutation(this.cells.length).subarray(0, count);
    return Array.from(order, i => this.cells[i]);
  }
}
