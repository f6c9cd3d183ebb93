package org.seeql.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.evaluate.ProfileQuery;
import org.seeql.job.evaluate.ProfileRepository;
import org.seeql.job.evaluate.ProfiledModels;
import org.seeql.job.model.ModelCache;
import org.seeql.job.model.ModelRepository;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.model.PresenceSample;
import org.seeql.planner.model.ScoreSample;
import org.seeql.udf.model.Device;

/**
 * The demo's detectors, evaluated on both splits of its pictures.
 *
 * @param scores on the profiling split, from which plans are chosen
 * @param shown the scores on the showing split, on which plans are replayed
 * @param presence what the pictures of the profiling split show
 * @param answers the models' answers about the profiling split
 * @param confidences the minimum score of a detection that counts as yes outside cascades, by model
 */
record ScoredDemo(
    ScoreSample scores,
    ScoreSample shown,
    PresenceSample presence,
    List<ModelProfile> answers,
    SortedMap<String, Double> confidences) {
  static final List<String> MODELS =
      List.of("scout", "ranger", "sentinel", "animals", "vehicles", "people");

  /**
   * Evaluates the detectors.
   *
   * @param models the folder of the demo's models
   * @param pictures the folder of the pictures and their labels
   */
  static ScoredDemo measure(BenchSession session, Path models, Path pictures)
      throws IOException, SQLException {
    new DemoData(models).createModels(session);
    session.execute("CREATE DATABASE found");
    Set<String> classes = new TreeSet<>();
    for (String split : List.of("profile", "show")) {
      new DemoData(pictures).load(session, split).values().forEach(classes::addAll);
      for (String model : MODELS) {
        session.execute(
            "SELECT * FROM demo_%1$s.images TO EVALUATE %2$s WITH device = 'cpu' INTO found.%1$s_%2$s"
                .formatted(split, model));
      }
    }
    ProfiledModels profiled = load(session, models, "demo_profile.images", classes);
    SortedMap<String, Double> confidences = new TreeMap<>();
    profiled.models().forEach((name, model) -> confidences.put(name, model.confidence()));
    return new ScoredDemo(
        profiled.scores().orElseThrow(),
        load(session, models, "demo_show.images", classes).scores().orElseThrow(),
        profiled.sample().orElseThrow(),
        profiled.models().values().stream().map(model -> model.bySample().orElseThrow()).toList(),
        confidences);
  }

  private static ProfiledModels load(
      BenchSession bench, Path folder, String dataset, Set<String> classes) throws SQLException {
    try (DatabaseSession session = DatabaseSession.open(bench.connector())) {
      ModelRepository models = new ModelRepository(session, new ModelCache(folder), folder);
      ProfileQuery query =
          new ProfileQuery(Optional.of(dataset), Device.CPU, OptionalInt.empty(), classes);
      return new ProfileRepository(session)
          .load(
              models.all().stream()
                  .filter(model -> MODELS.contains(model.description().name()))
                  .toList(),
              query.loadingScores())
          .orElseThrow();
    }
  }

  /** Milliseconds per image, by model. */
  Map<String, Double> costs() {
    return answers.stream()
        .collect(
            Collectors.toMap(
                ModelProfile::name, ModelProfile::costMillis, (a, b) -> a, TreeMap::new));
  }
}
