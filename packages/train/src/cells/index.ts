export {
  cellEdges,
  cellOperations,
  cellPrefix,
  formatCell,
  parseCell,
  type Cell,
  type CellOperation,
} from './cell.js';
export { allCells, distinctCells } from './all-cells.js';
export { isomorphismKey } from './isomorphism-key.js';
export { cellNetwork } from './cell-network.js';
