package org.seeql.udf.layout;

import java.util.List;

/** The output tensors of one model call, in the model's order. Close it to free them. */
public interface ModelOutputs extends AutoCloseable {
  List<OutputTensor> tensors();

  /**
   * Whether a value of an image is NaN.
   *
   * @param image its index in the batch, from 0
   */
  default boolean hasNaN(int image) {
    return tensors().stream().anyMatch(tensor -> tensor.hasNaN(image));
  }

  /** Frees the tensors; their buffers must not be read afterwards. */
  @Override
  void close();
}
