package org.seeql.udf.model;

import java.util.List;
import java.util.Locale;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.layout.Activation;
import org.seeql.udf.layout.ExportMetadata;
import org.seeql.udf.layout.OutputLayout;

/**
 * The result of running one file.
 *
 * @param metadata with the input and the labels that were determined
 */
record ProbedFile(
    InputFormat input,
    OutputLayout layout,
    List<String> labels,
    Activation activation,
    List<Evidence> evidence,
    ExportMetadata metadata) {
  String summary() {
    return "%s of %dx%d %s with %d classes"
        .formatted(
            layout,
            input.width(),
            input.height(),
            input.tensor().pixelType().name().toLowerCase(Locale.ROOT),
            labels.size());
  }
}
