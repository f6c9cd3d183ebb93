package org.seeql.udf.model;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.seeql.udf.layout.ModelOutputs;
import org.seeql.udf.layout.OutputTensor;

/** Outputs of any type and shape, copied to the heap as the Java API does. */
final class CopiedOutputs implements ModelOutputs {
  private final List<OutputTensor> tensors = new ArrayList<>();

  CopiedOutputs(OrtSession.Result result) throws OrtException, RuntimeLibraryException {
    try (result) {
      for (Map.Entry<String, OnnxValue> output : result) {
        if (output.getValue() instanceof OnnxTensor tensor) {
          tensors.add(
              OutputTensor.of(
                  output.getKey(),
                  tensor.getInfo().getShape(),
                  floats(output.getKey(), tensor),
                  numbers(tensor.getInfo().type)));
        }
      }
    }
  }

  private static OutputTensor.Numbers numbers(OnnxJavaType type) {
    return switch (type) {
      case FLOAT, FLOAT16, BFLOAT16, DOUBLE -> OutputTensor.Numbers.FRACTIONS;
      default -> OutputTensor.Numbers.WHOLE;
    };
  }

  private static FloatBuffer floats(String name, OnnxTensor tensor) throws RuntimeLibraryException {
    return switch (tensor.getInfo().type) {
      case FLOAT, FLOAT16, BFLOAT16 -> tensor.getFloatBuffer();
      case DOUBLE -> {
        DoubleBuffer values = tensor.getDoubleBuffer();
        yield floats(values.remaining(), i -> (float) values.get(i));
      }
      case INT64 -> {
        LongBuffer values = tensor.getLongBuffer();
        yield floats(values.remaining(), i -> (float) values.get(i));
      }
      case INT32 -> {
        IntBuffer values = tensor.getIntBuffer();
        yield floats(values.remaining(), i -> (float) values.get(i));
      }
      case INT16 -> {
        ShortBuffer values = tensor.getShortBuffer();
        yield floats(values.remaining(), i -> (float) values.get(i));
      }
      case INT8 -> {
        ByteBuffer values = tensor.getByteBuffer();
        yield floats(values.remaining(), i -> (float) values.get(i));
      }
      case UINT8, BOOL -> {
        ByteBuffer values = tensor.getByteBuffer();
        yield floats(values.remaining(), i -> (float) (values.get(i) & 0xFF));
      }
      default ->
          throw new RuntimeLibraryException(
              "its output %s has the type %s, which is not numeric"
                  .formatted(name, tensor.getInfo().onnxType),
              null);
    };
  }

  /** The value at an index. */
  private interface FloatAt {
    float get(int index);
  }

  private static FloatBuffer floats(int count, FloatAt values) {
    FloatBuffer floats = FloatBuffer.allocate(count);
    for (int i = 0; i < count; i++) {
      floats.put(values.get(i));
    }
    return floats.flip();
  }

  @Override
  public List<OutputTensor> tensors() {
    return tensors;
  }

  @Override
  public void close() {}
}
