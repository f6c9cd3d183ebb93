package org.seeql.job.find;

import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.job.inference.BoundModel;
import org.seeql.job.model.ModelRepository;
import org.seeql.job.model.RegisteredModel;

/** The JSON form of a model of a plan: its name, version and settings. */
record StoredModel(String name, int version, SortedMap<String, String> labels, double threshold) {
  static StoredModel of(BoundModel model) {
    return new StoredModel(model.name(), model.version(), model.labels(), model.threshold());
  }

  /**
   * Loads the model in this version.
   *
   * @throws org.seeql.database.RefusalException if it no longer exists
   */
  BoundModel load(ModelRepository models, String runId) throws SQLException {
    RegisteredModel model = models.loadForResume(name, version, runId);
    return new BoundModel(model.description(), version, new TreeMap<>(labels), threshold);
  }
}
