package org.seeql.udf.model;

import java.util.List;
import org.seeql.udf.image.PixelType;
import org.seeql.udf.layout.ExportMetadata;

/**
 * The metadata that a model's file contains.
 *
 * @param shape of the input, -1 for dimensions that may vary; empty if the file does not declare it
 * @param pixelType of the input; float32 if the file does not declare it
 * @param export what the exporter recorded
 */
record ModelMetadata(List<Long> shape, PixelType pixelType, ExportMetadata export) {
  ModelMetadata {
    shape = List.copyOf(shape);
  }

  /** The metadata of a file that declares neither shape nor type of its input. */
  static ModelMetadata of(ExportMetadata export) {
    return new ModelMetadata(List.of(), PixelType.FLOAT32, export);
  }
}
