import type { LayerRule } from '../layer-rule.js';

/** All axes but the batch as one. */
export const flatten: LayerRule = {
  className: 'Flatten',
  place: ({ dataFormat }, { inputs, add }) => {
    if (dataFormat === 'channelsFirst')
      throw new Error("reorders axes to channels last; leave its 'dataFormat' out");
    add('Flatten', inputs);
  },
};

export const add: LayerRule = {
  className: 'Add',
  place: (_, { inputs, add: node }) =>
    void (inputs.length > 2 ? node('Sum', inputs) : node('Add', inputs)),
};

export const multiply: LayerRule = {
  className: 'Multiply',
  place: (_, { inputs: [first, ...rest], add: node, output }) => {
    rest.reduce(
      (product, factor, i) =>
        node('Mul', [product, factor], {}, i < rest.length - 1 ? `${output}/${i}` : output),
      first,
    );
  },
};

export const concatenate: LayerRule = {
  className: 'Concatenate',
  place: ({ axis }, { inputs, add: node }) => void node('Concat', inputs, { axis: axis as number }),
};
