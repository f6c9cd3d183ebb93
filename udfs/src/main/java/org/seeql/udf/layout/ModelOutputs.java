package org.seeql.udf.layout;

import java.util.List;

/** The tensors that one call of a model gave, in the model's order. Close it to free them. */
public interface ModelOutputs extends AutoCloseable {
  List<OutputTensor> tensors();

  /** Frees the tensors; their buffers must not be read any more. */
  @Override
  void close();
}
