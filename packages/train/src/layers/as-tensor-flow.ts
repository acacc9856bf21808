import type * as tf from '@tensorflow/tfjs-layers';
import type { LayersModel } from './layers-model.js';

/** A model by the declarations of TensorFlow.js. */
export const asTensorFlow = (model: LayersModel): tf.LayersModel =>
  model as unknown as tf.LayersModel;
