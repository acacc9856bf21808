export { threadPool } from './thread-pool.js';
export { nodeEnvironment } from './node-environment.js';
export { FolderStore } from './folder-store.js';
export { InputFolder } from './input-folder.js';
export { isThere } from './is-there.js';
export { loadModel } from './load-model.js';
export { cacheFolder, userCache } from './user-cache.js';
export { ModelManifest, type KnownModel } from './model-manifest.js';
export { readNads } from './read-nads.js';
export { readBasis, readRows } from './read-basis.js';
export { readDirection, type BasisDirection } from './read-direction.js';
export { readAtlas } from './read-atlas.js';
export { readArray, readImages } from './read-array.js';
export { getData, officialData, type Getting, type OfficialData } from './official-data.js';
export { dataHelp } from './data-help.js';
export { openData } from './open-data.js';
export { describeData } from '../describe-data.js';
export { readPreprocessing } from './read-preprocessing.js';
export { explainFile } from './explain-file.js';
export { readInput } from './inputs.js';
export {
  openResultFolder,
  printedResult,
  type FolderRun,
  type ResultFolder,
} from './result-folder.js';
export {
  requireAllWritable,
  requireFolder,
  requireWritable,
  writeInParts,
  writeTogether,
  writeWhole,
} from './write-file.js';
export { openPictures } from './open-pictures.js';
export { readBaseline } from './read-baseline.js';
export { drawPicture, pictureFormats, type DrawOptions } from './draw-picture.js';
