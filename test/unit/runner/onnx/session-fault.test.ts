import { describe, expect, it } from 'vitest';
import { sessionFault } from '../../../../src/runner/onnx/session-fault.ts';
import { RunnerFault } from '../../../../src/runner/protocol.ts';

describe('what ONNX Runtime throws', () => {
  // Texts of ONNX Runtime 1.30.
  it.each([
    ['std::bad_alloc', 'out-of-memory'],
    [
      '/onnxruntime_src/onnxruntime/core/providers/webgpu/webgpu_context.cc:136 onnxruntime::webgpu::WebGpuContext::Initialize(const onnxruntime::webgpu::WebGpuContextConfig&)::<lambda()> adapter_result.status == wgpu::RequestAdapterStatus::Success was false. Failed to get a WebGPU adapter: No supported adapters\n',
      'provider-unavailable',
    ],
    ['OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library', 'provider-unavailable'],
    [
      'shader_helper.cc:416 GenerateSourceCode Program Transpose requires f16 but the device does not support it.',
      'unsupported-precision',
    ],
    ['Failed to load model because protobuf parsing failed.', 'bad-model'],
    ['Unexpected input data type. Actual: (tensor(int32)) , expected: (tensor(float))', 'bad-input'],
    [
      'Invalid rank for input: images Got: 3 Expected: 4 Please fix either the inputs/outputs or the model.',
      'bad-shape',
    ],
    ['something nobody has seen', 'failed'],
  ])('%s is %s', (text, code) => {
    const fault = sessionFault(new Error(text), 'running the model');
    expect(fault).toMatchObject({ code });
    expect(fault.message).not.toMatch(/\n|onnxruntime_src/);
  });

  it('keeps what is said already', () => {
    const fault = new RunnerFault('wrong-model', 'x');
    expect(sessionFault(fault, 'the run')).toBe(fault);
  });
});
