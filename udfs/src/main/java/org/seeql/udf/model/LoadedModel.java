package org.seeql.udf.model;

import java.nio.ByteBuffer;
import org.seeql.udf.InferenceException;
import org.seeql.udf.layout.ModelOutputs;

/**
 * A model in memory, ready to run. Thread-safe: any number of threads may call {@link #run}
 * concurrently, each with its own buffer. The loader closes it when no call is in progress.
 */
public interface LoadedModel extends AutoCloseable {
  ModelDescription description();

  Engine engine();

  Device device();

  /**
   * Runs the model once.
   *
   * @param images a direct buffer in native byte order; the first {@code batch} images in the
   *     format of {@link ModelDescription#input} are read, regardless of its position
   * @param batch the number of images; must be the model's own batch size if that is fixed
   * @throws DeviceMemoryException if the device's memory does not suffice for this batch
   * @throws InferenceException if the model fails
   */
  ModelOutputs run(ByteBuffer images, int batch);

  @Override
  void close();
}
