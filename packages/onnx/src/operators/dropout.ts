import { dimsOf, typeOf, type Operator } from './operator.js';

/** Its input unchanged unless training; on request the mask of elements kept, too. */
export const dropout: Operator = {
  name: 'Dropout',
  infer: application => {
    const { inputs, node, opset } = application;
    const [type, dims] = [typeOf(application, 0), dimsOf(application, 0)];
    // from opset 12 on it may be training, which only the runtime decides
    const value = opset < 7 || node.inputs.length > 2 ? undefined : inputs[0]?.value;
    return [
      { type, dims, value },
      { type: opset < 10 ? type : 'bool', dims },
    ];
  },
};
