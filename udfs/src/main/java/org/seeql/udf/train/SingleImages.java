package org.seeql.udf.train;

import static java.util.Objects.requireNonNull;

import java.nio.FloatBuffer;
import org.seeql.udf.image.DecodedImage;
import org.seeql.udf.image.InputBuffer;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.PixelWriter;
import org.seeql.udf.layout.ModelOutputs;
import org.seeql.udf.model.LoadedModel;

/** Runs a model whose only output is {@code [B, N]} on one image at a time. Not thread-safe. */
public final class SingleImages implements AutoCloseable {
  private final LoadedModel model;
  private final int batch;
  private final InputBuffer buffer;
  private final PixelWriter writer;

  /**
   * Prepares the input of a model.
   *
   * @param model owned by the caller
   */
  public SingleImages(LoadedModel model) {
    this.model = requireNonNull(model, "model is null");
    InputFormat format = model.description().input();
    this.batch = format.fixedBatch().orElse(1);
    this.buffer = new InputBuffer(format, batch);
    this.writer = new PixelWriter(format);
  }

  /** The N values of an image. */
  public float[] values(DecodedImage image) {
    writer.write(image, buffer, 0);
    try (ModelOutputs outputs = model.run(buffer.bytes(), batch)) {
      FloatBuffer all = outputs.tensors().get(0).values();
      float[] values = new float[outputs.tensors().get(0).size(1)];
      all.get(0, values);
      return values;
    }
  }

  @Override
  public void close() {
    try (buffer) {
      writer.close();
    }
  }
}
