package org.seeql.udf.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.seeql.udf.InferenceException;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.layout.ModelOutputs;

/** Runs an ONNX file on random pixels, to learn about its outputs. */
public final class TensorProbe {
  private static final long SEED = 1;

  /** Half-precision numbers below this are from 0 to 1. */
  private static final int HALF_OF_ONE = 0x3C00;

  private TensorProbe() {}

  /**
   * The shapes of all outputs, by their names, for the smallest batch.
   *
   * @throws InferenceException if the file cannot be run
   */
  public static Map<String, List<Long>> shapes(Path file, InputFormat input) {
    try (ModelRuntime runtime = ModelRuntime.open(Engine.ONNX, file, Device.CPU, 1);
        ModelOutputs outputs = run(runtime, file, input)) {
      Map<String, List<Long>> shapes = new LinkedHashMap<>();
      outputs.tensors().forEach(tensor -> shapes.put(tensor.name(), tensor.shape()));
      return shapes;
    }
  }

  private static ModelOutputs run(ModelRuntime runtime, Path file, InputFormat input) {
    int images = input.fixedBatch().orElse(1);
    try {
      return runtime.run(noise(input, images), input, images);
    } catch (RuntimeLibraryException e) {
      throw new InferenceException(
          "Cannot run %s on an image of %dx%d: %s"
              .formatted(file, input.width(), input.height(), e.reason()),
          e);
    }
  }

  private static ByteBuffer noise(InputFormat input, int images) {
    int bytes = Math.multiplyExact(images, input.bytesPerImage());
    ByteBuffer noise = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    Random random = new Random(SEED);
    while (noise.hasRemaining()) {
      switch (input.tensor().pixelType()) {
        case FLOAT32 -> noise.putFloat(random.nextFloat());
        case FLOAT16 -> noise.putShort((short) random.nextInt(HALF_OF_ONE));
        case UINT8 -> noise.put((byte) random.nextInt());
      }
    }
    return noise.flip();
  }
}
