/** What runs the operators of a model: the processor, or an accelerator that onnxruntime knows. */
export const providers = ['cpu', 'cuda', 'coreml', 'dml', 'webgpu'] as const;

/** An execution provider of onnxruntime in Node. */
export type Provider = (typeof providers)[number];
