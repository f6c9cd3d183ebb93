package org.seeql.udf.batch;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.seeql.udf.InferenceException;
import org.seeql.udf.detect.ModelVariation;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.layout.Activation;
import org.seeql.udf.layout.ModelOutputs;
import org.seeql.udf.layout.OutputLayouts;
import org.seeql.udf.layout.OutputTensor;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.DeviceMemoryException;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.LoadedModel;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelFile;

/** Returns the red and green values of one pixel of an image, by default the first. */
final class FakeModel implements LoadedModel {
  static final int SIZE = 8;

  final Queue<Integer> batches = new ConcurrentLinkedQueue<>();
  final AtomicInteger openOutputs = new AtomicInteger();
  private final InputFormat input;
  private final Device device;
  private int maxInMemory = Integer.MAX_VALUE;
  private volatile boolean broken;
  private volatile boolean closed;
  private volatile CountDownLatch held = new CountDownLatch(0);
  private int pixel;
  private ModelVariation variation = ModelVariation.NONE;
  private int numberless = -1;

  FakeModel(InputFormat input, Device device) {
    this.input = input;
    this.device = device;
  }

  static FakeModel ofAnyBatch(Device device) {
    return new FakeModel(InputFormat.rgb(SIZE, SIZE), device);
  }

  /** The same model, which reads another pixel of the first row. */
  FakeModel lookingAt(int newPixel) {
    pixel = newPixel;
    return this;
  }

  FakeModel withMemoryFor(int images) {
    maxInMemory = images;
    return this;
  }

  void breakDown(boolean nowBroken) {
    broken = nowBroken;
  }

  /** Returns NaN for images with this value, 0 to 255, at the pixel. */
  FakeModel withoutNumberFor(int value) {
    numberless = value;
    return this;
  }

  FakeModel varied(ModelVariation newVariation) {
    variation = newVariation;
    return this;
  }

  /** Blocks calls until the latch reaches zero. */
  void holdUntil(CountDownLatch released) {
    held = released;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public ModelDescription description() {
    ModelFile file = new ModelFile(Engine.ONNX, URI.create("file:/fake.onnx"), "0".repeat(64));
    return new ModelDescription(
        "fake",
        OutputLayouts.of("classification"),
        input,
        List.of("red", "green"),
        List.of(file),
        Activation.NONE,
        List.of(),
        variation);
  }

  @Override
  public Engine engine() {
    return Engine.ONNX;
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public ModelOutputs run(ByteBuffer images, int batch) {
    if (broken) {
      throw new InferenceException("Model fake failed");
    }
    if (batch > maxInMemory) {
      throw new DeviceMemoryException("Out of memory", null);
    }
    batches.add(batch);
    try {
      held.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    FloatBuffer pixels = images.asFloatBuffer();
    FloatBuffer scores = FloatBuffer.allocate(2 * batch);
    for (int i = 0; i < batch; i++) {
      int start = i * 3 * SIZE * SIZE + pixel;
      float score = pixels.get(start);
      scores
          .put(Math.round(255 * score) == numberless ? Float.NaN : score)
          .put(pixels.get(start + SIZE * SIZE));
    }
    openOutputs.incrementAndGet();
    OutputTensor tensor = new OutputTensor("scores", List.of((long) batch, 2L), scores);
    return new ModelOutputs() {
      @Override
      public List<OutputTensor> tensors() {
        return List.of(tensor);
      }

      @Override
      public void close() {
        openOutputs.decrementAndGet();
      }
    };
  }

  @Override
  public void close() {
    closed = true;
  }
}
