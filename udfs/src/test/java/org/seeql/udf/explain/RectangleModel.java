package org.seeql.udf.explain;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import org.seeql.udf.detect.ModelVariation;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.layout.Activation;
import org.seeql.udf.layout.ModelOutputs;
import org.seeql.udf.layout.OutputLayouts;
import org.seeql.udf.layout.OutputTensor;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.LoadedModel;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelFile;

/**
 * A model that looks at one rectangle of its input only: the score of its first class is the mean
 * red value there. As a detector it always reports this rectangle.
 */
final class RectangleModel implements LoadedModel {
  private static final int CLASSES = 2;
  private static final int BOX = 4;

  /** In pixels of the input. */
  record Rectangle(int left, int top, int right, int bottom) {}

  private final String layout;
  private final InputFormat input;
  private final Rectangle rectangle;

  RectangleModel(String layout, int side, Rectangle rectangle) {
    this.layout = layout;
    this.input = InputFormat.rgb(side, side);
    this.rectangle = rectangle;
  }

  @Override
  public ModelDescription description() {
    return new ModelDescription(
        "rectangle",
        OutputLayouts.of(layout),
        input,
        List.of("bright", "dark"),
        List.of(new ModelFile(Engine.ONNX, URI.create("file:/rectangle.onnx"), "0".repeat(64))),
        Activation.NONE,
        List.of(),
        ModelVariation.NONE);
  }

  @Override
  public Engine engine() {
    return Engine.ONNX;
  }

  @Override
  public Device device() {
    return Device.CPU;
  }

  @Override
  public ModelOutputs run(ByteBuffer images, int batch) {
    FloatBuffer pixels = images.asFloatBuffer();
    boolean hasObjectness = layout.equals("yolov5");
    boolean detects = layout.equals("yolov8") || hasObjectness;
    int values = (detects ? BOX : 0) + (hasObjectness ? 1 : 0) + CLASSES;
    FloatBuffer output = FloatBuffer.allocate(values * batch);
    for (int i = 0; i < batch; i++) {
      if (detects) {
        output
            .put((rectangle.left + rectangle.right) / 2f)
            .put((rectangle.top + rectangle.bottom) / 2f)
            .put(rectangle.right - rectangle.left)
            .put(rectangle.bottom - rectangle.top);
      }
      if (hasObjectness) {
        output.put(1);
      }
      float bright = brightness(pixels, i * input.bytesPerImage() / Float.BYTES);
      output.put(bright).put(1 - bright);
    }
    List<Long> shape =
        hasObjectness
            ? List.of((long) batch, 1L, (long) values)
            : detects
                ? List.of((long) batch, (long) values, 1L)
                : List.of((long) batch, (long) values);
    OutputTensor tensor = new OutputTensor("output", shape, output);
    return new ModelOutputs() {
      @Override
      public List<OutputTensor> tensors() {
        return List.of(tensor);
      }

      @Override
      public void close() {}
    };
  }

  private float brightness(FloatBuffer pixels, int start) {
    double sum = 0;
    for (int y = rectangle.top; y < rectangle.bottom; y++) {
      for (int x = rectangle.left; x < rectangle.right; x++) {
        sum += pixels.get(start + y * input.width() + x);
      }
    }
    return (float)
        (sum / ((rectangle.right - rectangle.left) * (rectangle.bottom - rectangle.top)));
  }

  @Override
  public void close() {}
}
