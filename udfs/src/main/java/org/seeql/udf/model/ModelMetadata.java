package org.seeql.udf.model;

import java.util.List;
import org.seeql.udf.image.PixelType;

/**
 * The metadata that a model's file contains.
 *
 * @param shape of the input, -1 for dimensions that may vary; empty if the file does not declare it
 * @param pixelType of the input; float32 if the file does not declare it
 * @param labels by class id; empty if the file does not declare them
 */
record ModelMetadata(List<Long> shape, PixelType pixelType, List<String> labels) {
  static final ModelMetadata NONE = new ModelMetadata(List.of(), PixelType.FLOAT32, List.of());

  ModelMetadata {
    shape = List.copyOf(shape);
    labels = List.copyOf(labels);
  }
}
