import { flatModel, nodeLabel, operatorOf, type Model } from '@nads/onnx';
import { withFloatOutput } from './with-float-output.js';

/**
 * The model with its functions inlined and its first floating-point output as its only one.
 * @throws where it has no such output, or a node that cannot be analysed, saying which and what to do.
 */
export function supportedModel(original: Model): Model {
  const model = withFloatOutput(flatModel(original));
  requireSupported(model);
  return model;
}

/** Domains of operators that runtimes know beside ONNX's own. */
const knownDomains = new Set(['', 'ai.onnx.ml', 'com.microsoft', 'org.pytorch.aten']);

function requireSupported({ graph }: Model): void {
  for (const node of graph.nodes) {
    const { domain } = node;
    const { quantised, controlFlow } = operatorOf(node) ?? {};
    const which = nodeLabel(node);
    if (!knownDomains.has(domain))
      throw new Error(
        `${which}: no runtime knows the operators of '${domain}'; export the model with those of ONNX`,
      );
    if (quantised)
      throw new Error(`${which}: quantised models are not supported; export the float32 model`);
    if (controlFlow)
      throw new Error(
        `${which}: control flow is not supported; export the model with fixed shapes`,
      );
  }
}
