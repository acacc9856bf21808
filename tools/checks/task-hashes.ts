// Prints the hash that Nx looks a task's result up with, for every task with a cache, as JSON: { "project:target": hash }.
import { readNxJson } from 'nx/src/config/nx-json.js';
import { createProjectGraphAsync } from 'nx/src/devkit-exports.js';
import { createTaskHasher } from 'nx/src/hasher/create-task-hasher.js';
import { createTaskGraph } from 'nx/src/tasks-runner/create-task-graph.js';

const graph = await createProjectGraphAsync({ exitOnError: true });
const projects = Object.values(graph.nodes);
const targets = new Set(projects.flatMap(({ data }) => Object.keys(data.targets ?? {})));
const names = projects.map(({ name }) => name);
const taskGraph = createTaskGraph(graph, {}, names, [...targets], undefined, {});
const tasks = Object.values(taskGraph.tasks).filter(({ cache }) => cache);
const hasher = createTaskHasher(graph, readNxJson(), {});
const environments = Object.fromEntries(tasks.map(({ id }) => [id, process.env]));
const hashes = await hasher.hashTasks(tasks, taskGraph, environments);
const table = Object.fromEntries(tasks.map(({ id }, i) => [id, hashes[i].value]));
process.stdout.write(`${JSON.stringify(table, null, 2)}\n`);
