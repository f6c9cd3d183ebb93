package org.seeql.udf.model;

import java.nio.ByteBuffer;
import org.seeql.udf.InferenceException;
import org.seeql.udf.layout.ModelOutputs;

/** A model description with the runtime that executes it. */
final class RunnableModel implements LoadedModel {
  private final ModelDescription description;
  private final Device device;
  private final ModelRuntime runtime;

  RunnableModel(ModelDescription description, Device device, ModelRuntime runtime) {
    this.description = description;
    this.device = device;
    this.runtime = runtime;
  }

  @Override
  public ModelDescription description() {
    return description;
  }

  @Override
  public Engine engine() {
    return runtime.engine();
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public ModelOutputs run(ByteBuffer images, int batch) {
    try {
      return runtime.run(images, description.input(), batch);
    } catch (RuntimeLibraryException e) {
      String message =
          "Model %s (%s on %s) failed on a batch of %d: %s"
              .formatted(description.name(), engine(), device, batch, e.reason());
      throw e.isOutOfMemory()
          ? new DeviceMemoryException(message, e)
          : new InferenceException(message, e);
    }
  }

  @Override
  public void close() {
    runtime.close();
  }
}
