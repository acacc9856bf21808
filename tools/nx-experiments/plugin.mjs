import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { pipeline } from './pipeline.mjs';

/**
 * Experiments as projects of Nx: a cached target for each stage of experiments/NAME/experiment.json, and `pipeline`, which depends on all
 * (docs/pipelines.md). Stages are read by the code that `nads run` reads them with.
 * @type {import('nx/src/devkit-exports').CreateNodesV2}
 */
export const createNodesV2 = [
  'experiments/*/experiment.json',
  async (files, _, { workspaceRoot }) => {
    const { openExperiment, stageInputs } = await pipeline(workspaceRoot);
    return files.map(file => {
      const experiment = openExperiment(join(workspaceRoot, file));
      const root = dirname(file);
      /** @param {Stage} stage */
      const inputsOf = stage =>
        stageInputs(stage, experiment.folder).map(asInput(workspaceRoot, experiment.folder));
      return [file, { projects: { [root]: projectOf(root, experiment.stages, inputsOf) } }];
    });
  },
];

/** @typedef {import('@nads/pipeline').Stage} Stage */

/**
 * @param {string} root folder of the experiment, from that of the workspace
 * @param {readonly Stage[]} stages
 * @param {(stage: Stage) => readonly unknown[]} inputsOf
 */
function projectOf(root, stages, inputsOf) {
  const targets = Object.fromEntries(
    stages.map(stage => [stage.name, targetOf(root, stage, inputsOf(stage))]),
  );
  const pipeline = { executor: 'nx:noop', dependsOn: stages.map(({ name }) => name) };
  return {
    name: basename(root),
    root,
    implicitDependencies: ['@nads/cli'],
    targets: { ...targets, pipeline },
  };
}

/**
 * @param {string} root
 * @param {Stage} stage
 * @param {readonly unknown[]} inputs
 */
const targetOf = (root, { name, settings, needs }, inputs) => ({
  command: `node --import ./tools/typescript/register.mjs packages/cli/bin/nads.js run ${root} --stage ${name} --alone`,
  dependsOn: [...needs, { projects: ['@nads/cli'], target: 'build' }],
  inputs: [
    { json: '{projectRoot}/experiment.json', fields: [`stages.${settings}`] },
    { dependentTasksOutputFiles: '**/*' }, // of stages, and the command itself
    ...inputs,
  ],
  outputs: [`{projectRoot}/out/${name}`],
  cache: true,
});

/**
 * Files in the workspace are Nx's business, but for those that git ignores; of these, and of what lies elsewhere, a command prints the
 * digest.
 * @param {string} workspaceRoot
 * @param {string} folder of the experiment
 * @returns {(path: string) => unknown} the input of a path that a stage names
 */
const asInput = (workspaceRoot, folder) => path => {
  const place = relative(workspaceRoot, resolve(folder, path));
  if (place.startsWith('..') || isAbsolute(place) || isIgnored(workspaceRoot, place))
    return { runtime: `node tools/nx-experiments/digest.mjs ${JSON.stringify(place)}` };
  return `{workspaceRoot}/${place}${statSync(join(workspaceRoot, place)).isDirectory() ? '/**/*' : ''}`;
};

/**
 * @param {string} workspaceRoot
 * @param {string} place
 */
const isIgnored = (workspaceRoot, place) =>
  spawnSync('git', ['check-ignore', '--quiet', place], { cwd: workspaceRoot }).status === 0;
