import type { Runtime } from '@nads/runtime';
import { contentHash } from '../data/content-hash.js';
import { arithmetic } from './arithmetic.js';

/** What computes: results are the same, byte for byte, where all of it is. */
export interface Program {
  /** Version of nads, and of its build where versions have several. */
  readonly nads: string;
  /** Name and version of the runtime, as in 'onnxruntime-node 1.30.0'. */
  readonly runtime: string;
  /** As `arithmetic` has it. */
  readonly arithmetic: string;
}

/** The program that this process is. @param nads its version */
export const programHere = async (nads: string, runtime: Runtime): Promise<Program> => ({
  nads,
  runtime: runtime.name,
  arithmetic: await arithmetic(runtime),
});

/** A program in words. */
export const describeProgram = ({ nads, runtime, arithmetic }: Program): string =>
  `nads ${nads}, ${runtime}, arithmetic ${arithmetic}`;

/** What one program has and the other has not, in words: 'nads 0.2.0 instead of 0.1.0'. Empty where they are the same. */
export const programDifference = (found: Program, wanted: Program): string =>
  (['nads', 'runtime', 'arithmetic'] as const)
    .filter(part => found[part] !== wanted[part])
    .map(part => `${part} ${found[part]} instead of ${wanted[part]}`)
    .join(', ');

/** A short name of a program: the name of its queue. */
export const programKey = ({ nads, runtime, arithmetic }: Program): string =>
  contentHash(JSON.stringify([nads, runtime, arithmetic])).slice(0, 16);
