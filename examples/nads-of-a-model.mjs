import { estimate, estimateFiles } from '@nads/study';
import { FolderStore, loadModel, nodeEnvironment, threadPool } from '@nads/study/node';

// any ONNX file; its weights are re-initialised
const model = loadModel(process.argv[2] ?? 'models/lenet.onnx');
const pool = threadPool();
const { directions, tally, ...rest } = await estimate(
  model,
  { networks: 10, seed: 1 },
  { ...nodeEnvironment(), pool },
);
await pool.close();

const [{ halfSplitOverlap }] = directions.stability.filter(({ top }) => top === 10);
console.log(`${tally.networks} networks, ${directions.eigenvalues.length} directions`);
console.log(`half-split overlap of the first ten: ${halfSplitOverlap.toFixed(3)}`);
if (process.argv[3])
  await new FolderStore(process.argv[3]).write(estimateFiles({ directions, tally, ...rest }));
