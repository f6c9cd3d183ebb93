package org.seeql.spark.frame;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.model.ModelCache;
import org.seeql.job.model.ModelFiles;
import org.seeql.job.model.ModelRepository;
import org.seeql.job.model.RegisteredModel;
import org.seeql.spark.session.SparkDatabase;
import org.seeql.udf.model.ModelDescription;

/** Finds the models that users of frames name. On the driver; thread-safe. */
final class FrameModels {
  private final SparkSession spark;
  private final Path modelCache;

  FrameModels(SparkSession spark, Path modelCache) {
    this.spark = requireNonNull(spark, "spark is null");
    this.modelCache = requireNonNull(modelCache, "modelCache is null");
  }

  /**
   * The description of a model.
   *
   * @throws RefusalException if no model has the name
   * @throws org.seeql.udf.InferenceException if the files are not a model
   */
  ModelDescription find(ModelReference model) {
    if (model instanceof ModelReference.Files files) {
      return new ModelFiles(new ModelCache(modelCache), Path.of("").toAbsolutePath())
          .describe(baseName(files.text()), files.uris(), files.options());
    }
    SparkDatabase database = SparkDatabase.of(spark);
    database.migrate();
    try {
      return registered(model.text(), database.connector());
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot look up model '%s'".formatted(model.text()), e);
    }
  }

  private ModelDescription registered(String name, DatabaseConnector database) throws SQLException {
    try (DatabaseSession session = DatabaseSession.open(database)) {
      ModelRepository models =
          new ModelRepository(session, new ModelCache(modelCache), Path.of("").toAbsolutePath());
      Optional<RegisteredModel> registered = models.find(name);
      if (registered.isEmpty()) {
        throw new RefusalException(models.unknown(name));
      }
      return registered.get().description();
    }
  }

  /** For example, {@code scout} for {@code s3a://models/scout.onnx}. */
  private static String baseName(String uri) {
    String name = uri.substring(uri.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
