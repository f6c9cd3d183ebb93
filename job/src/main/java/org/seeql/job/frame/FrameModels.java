package org.seeql.job.frame;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import org.seeql.job.JobException;
import org.seeql.job.model.ModelCache;
import org.seeql.job.model.ModelFiles;
import org.seeql.udf.model.ModelDescription;

/** Finds the models that frames name. On the driver; thread-safe. */
final class FrameModels {
  private final Path modelCache;

  FrameModels(Path modelCache) {
    this.modelCache = requireNonNull(modelCache, "modelCache is null");
  }

  /**
   * What is known of a model.
   *
   * @throws JobException if no model has the name
   * @throws org.seeql.udf.model.InferenceException if the files are no model
   */
  ModelDescription find(ModelReference model) {
    if (model instanceof ModelReference.Files files) {
      return new ModelFiles(new ModelCache(modelCache), Path.of("").toAbsolutePath())
          .describe(baseName(files.text()), files.uris(), files.options());
    }
    throw new JobException(
        "Cannot find model '%s': no database is named; set spark.seeql.database, or give the model as a file"
            .formatted(model.text()));
  }

  /** {@code scout} of {@code s3a://models/scout.onnx}. */
  private static String baseName(String uri) {
    String name = uri.substring(uri.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
