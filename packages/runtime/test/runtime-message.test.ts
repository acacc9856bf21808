import { runtimeMessage } from '../src/runtime-message.js';

const source = '/onnxruntime_src/onnxruntime/core';

test.each([
  [
    'an operator that it does not know',
    'This is an invalid model. In Node, ("blur_3", Blur, "", -1) : ("c": tensor(float),) -> ("d",) , Error No Op registered for Blur with domain_version of 13',
    "node 'blur_3' (Blur): onnxruntime has no such operator in opset 13; export the model with operators of ONNX",
  ],
  [
    'an operator of another domain',
    'Fatal error: com.acme:Warp(-1) is not a registered function/op',
    "onnxruntime has no operator Warp of domain 'com.acme'; export the model with operators of ONNX",
  ],
  [
    'a type without implementation',
    "Could not find an implementation for GridSample(20) node with name 'warp_3'",
    "node 'warp_3' (GridSample): onnxruntime has no GridSample of version 20 for these element types; export the model in float32",
  ],
  [
    'a node that fails',
    `Non-zero status code returned while running Reshape node. Name:'flatten' Status Message: ${source}/providers/cpu/tensor/reshape_helper.h:43 onnxruntime::ReshapeHelper::ReshapeHelper(const onnxruntime::TensorShape&, onnxruntime::TensorShapeVector&, bool) input_shape_size == size was false. The input tensor cannot be reshaped.\nInput shape:{2,4}`,
    "node 'flatten' (Reshape): input_shape_size == size was false. The input tensor cannot be reshaped. Input shape:{2,4}",
  ],
  [
    'a shape that does not fit',
    'Node (y) Op (Gemm) [ShapeInferenceError] Dimension mismatch in unification between 190 and 192',
    "node 'y' (Gemm): Dimension mismatch in unification between 190 and 192",
  ],
  [
    'a newer opset',
    `${source}/graph/model_load_utils.h:46 void onnxruntime::ValidateOpset(const std::string&, int) ONNX Runtime only *guarantees* support for models stamped with official released onnx opset versions. Opset 99 is under development and support for this is limited. Current official support for domain ai.onnx is till opset 26.\n`,
    'opset 99 is newer than onnxruntime knows (26); export the model with an older one',
  ],
  [
    'a newer file format',
    `${source}/graph/model.cc:202 onnxruntime::Model::Model(onnx::ModelProto&&) Unsupported model IR version: 99, max supported IR version: 13\n`,
    'IR version 99 is newer than onnxruntime reads (13); export the model for an older one',
  ],
  [
    'an input of another type',
    'Unexpected input data type. Actual: (tensor(float)) , expected: (tensor(float16))',
    'it takes images of float16; convert the model to float32',
  ],
  ['anything else', 'two\n  lines\n', 'two lines'],
])('%s is said in one line', (_, message, expected) => {
  const line = runtimeMessage(message);
  expect(line).toBe(expected);
});
