export { search, type CellSource, type SearchResult, type SearchSettings } from './search.js';
export { searchFiles } from './search-files.js';
export { accuracyTable } from './accuracy-table.js';
export { searchCells, type CellSearch, type SearchMethod, type Visit } from './search-cells.js';
export { SearchSpace } from './search-space.js';
export { trainedCells } from './trained-cells.js';
export { scoredCells, type ScoredCells } from './scored-cells.js';
