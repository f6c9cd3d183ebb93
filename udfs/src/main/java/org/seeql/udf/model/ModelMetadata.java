package org.seeql.udf.model;

import java.util.List;
import org.seeql.udf.image.PixelType;

/**
 * What a model's file says of itself.
 *
 * @param shape of the input, -1 for what may vary; empty when the file does not say
 * @param pixelType of the input; float32 when the file does not say
 * @param labels by class id; empty when the file does not say
 */
record ModelMetadata(List<Long> shape, PixelType pixelType, List<String> labels) {
  static final ModelMetadata NONE = new ModelMetadata(List.of(), PixelType.FLOAT32, List.of());

  ModelMetadata {
    shape = List.copyOf(shape);
    labels = List.copyOf(labels);
  }
}
