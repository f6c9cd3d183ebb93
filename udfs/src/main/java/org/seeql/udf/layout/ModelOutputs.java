package org.seeql.udf.layout;

import java.util.List;

/** The output tensors of one model call, in the model's order. Close it to free them. */
public interface ModelOutputs extends AutoCloseable {
  List<OutputTensor> tensors();

  /** Frees the tensors; their buffers must not be read afterwards. */
  @Override
  void close();
}
