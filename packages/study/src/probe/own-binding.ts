import { batchDims, inferShapes } from '@nads/onnx';
import { ownNetworkBatch, type ImageBinding, type OwnNetwork } from '@nads/probe';

/** How a network takes images, so many in a run: as chosen, else as many as suit it. @throws OptionError where it cannot take so many */
export function ownBinding(own: OwnNetwork, chosen?: number): ImageBinding {
  const { network, image, output, images } = own;
  const inference = inferShapes(network, { [image.name]: batchDims(image, images) });
  const batch = ownNetworkBatch(own, network, inference, chosen);
  return { input: image.name, output, layout: image.layout, batch };
}
