import { restFrom, restModel, stageModel, type LocalGraph } from '@nads/onnx';
import { arrangedModel, drawnModel, type Drawing } from '../subnetwork.js';
import type { Way } from './cheapest-way.js';
import type { LocalPlan, MapShape } from './local-plan.js';
import { rangesOf } from './place-table.js';
import type { Setting } from './setting.js';
import { dimsOf } from './work-of.js';

/** A way to compute a network as plain data, its pieces made ready to have their weights drawn. */
export function plannedPieces(
  graph: LocalGraph,
  { stages, end }: Pick<Way, 'stages' | 'end'>,
  { tables, boxes, order, batch }: Setting,
  drawing: Drawing,
): LocalPlan {
  const rest = restFrom(graph, end);
  const names = [graph.source, ...stages.flatMap(({ outputs }) => outputs)];
  const shape = (name: string) => dimsOf(graph, name).slice(1) as readonly number[] as MapShape;
  return {
    stages: stages.map(stage => ({
      ...drawnModel(stageModel(graph, stage), drawing),
      crops: stage.crops,
      outputs: stage.outputs,
      rows: rangesOf(tables[0], stage.outputs),
      columns: rangesOf(tables[1], stage.outputs),
    })),
    rest: {
      ...arrangedModel(restModel(graph, rest), drawing),
      crops: rest.crops,
      output: graph.model.graph.outputs[0].name,
    },
    source: graph.source,
    maps: Object.fromEntries(names.map(name => [name, shape(name)])),
    boxes,
    order,
    batch,
  };
}
