// the search space of NAS-Bench-201 without its networks, and so without TensorFlow.js
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
