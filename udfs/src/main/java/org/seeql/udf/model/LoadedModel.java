package org.seeql.udf.model;

import java.nio.ByteBuffer;
import org.seeql.udf.InferenceException;
import org.seeql.udf.layout.ModelOutputs;

/**
 * A model in memory, ready to run. Thread-safe: any number of threads may call {@link #run} at
 * once, each with a buffer of its own. Whoever loaded it closes it, when no call is under way.
 */
public interface LoadedModel extends AutoCloseable {
  ModelDescription description();

  Engine engine();

  Device device();

  /**
   * Runs the model once.
   *
   * @param images a direct buffer in native byte order; its first {@code batch} images, as {@link
   *     ModelDescription#input} says, are read, whatever its position
   * @param batch how many images; the model's own number where that is fixed
   * @throws DeviceMemoryException when the device's memory does not suffice for this batch
   * @throws InferenceException when the model fails
   */
  ModelOutputs run(ByteBuffer images, int batch);

  @Override
  void close();
}
