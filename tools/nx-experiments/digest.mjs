// Prints the digest of a file or folder that Nx does not look at, since it is ignored by git or lies outside of the workspace.
import { pipeline } from './pipeline.mjs';

const { digestOf } = await pipeline(process.cwd());
console.log(digestOf(process.argv[2]));
