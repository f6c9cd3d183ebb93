package org.seeql.job.find;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.evaluate.ProfileQuery;
import org.seeql.job.evaluate.ProfileRepository;
import org.seeql.job.evaluate.ProfiledModels;
import org.seeql.job.inference.Devices;
import org.seeql.job.model.ModelRepository;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.plan.VisionTask;
import org.seeql.planner.predicate.PredicateFunction;

/** Finds the models that can answer a question about classes. For one statement. */
final class CandidateModels {
  private final ModelRepository models;
  private final ProfileRepository profiles;
  private final Consumer<String> problems;

  CandidateModels(DatabaseSession session, ModelRepository models, Consumer<String> problems) {
    this.models = requireNonNull(models, "models is null");
    this.profiles = new ProfileRepository(session);
    this.problems = requireNonNull(problems, "problems is null");
  }

  /** The problem of a predicate with too many classes. */
  static String tooManyClasses(int classes) {
    return "The predicate names %d classes (at most %d); use fewer classes, or search in two steps"
        .formatted(classes, PredicateFunction.MAX_CLASSES);
  }

  /** The registered models that the statement allows. */
  List<RegisteredModel> allowed(List<String> only, List<String> excluded) throws SQLException {
    List<RegisteredModel> all = models.all();
    List<String> names = all.stream().map(m -> m.description().name()).toList();
    checkNames("only_models", only, names);
    checkNames("exclude_models", excluded, names);
    for (RegisteredModel model : all) {
      if (only.contains(model.description().name()) && model.task() == VisionTask.EMBED) {
        problems.accept(
            "Model '%s' cannot be chosen: it returns vectors, and classes are requested; it comes from only_models"
                .formatted(model.description().name()));
      }
    }
    return all.stream()
        .filter(m -> only.isEmpty() || only.contains(m.description().name()))
        .filter(m -> !excluded.contains(m.description().name()))
        .toList();
  }

  private void checkNames(String option, List<String> requested, List<String> names) {
    for (String name : requested) {
      if (!names.contains(name)) {
        problems.accept(NearestNames.unknown("model", name, names) + "; it comes from " + option);
      }
    }
  }

  /**
   * Loads the profiles of the models. Empty, with a reported problem, if they are not sufficient.
   *
   * @param withScores whether the scores of their sample are loaded too
   */
  Optional<ProfiledModels> profiled(
      List<RegisteredModel> allowed,
      Optional<String> dataset,
      RunOptions options,
      Collection<String> classes,
      boolean withScores)
      throws SQLException {
    List<String> datasets = profiles.datasets();
    if (datasets.isEmpty()) {
      problems.accept(
          "No model has a profile, and models are chosen by their profiles; create one with SELECT * FROM images TO EVALUATE model INTO scores");
      return Optional.empty();
    }
    if (dataset.isPresent() && !datasets.contains(dataset.get())) {
      problems.accept(
          NearestNames.unknown("data set with profiles", dataset.get(), datasets)
              + "; it comes from dataset");
      return Optional.empty();
    }
    ProfileQuery query =
        new ProfileQuery(
            dataset,
            Devices.choose(options.device()),
            options.batchSize(),
            Set.copyOf(classes),
            withScores);
    ProfiledModels found = profiles.load(allowed, query).orElseThrow();
    if (found.models().isEmpty()) {
      problems.accept(
          "No allowed model has a profile on %s%s; create one with SELECT * FROM images TO EVALUATE model INTO scores"
              .formatted(found.dataset(), excluded(found)));
      return Optional.empty();
    }
    return isCovered(found, classes) ? Optional.of(found) : Optional.empty();
  }

  private static String excluded(ProfiledModels found) {
    return found.excluded().isEmpty()
        ? ""
        : found.excluded().entrySet().stream()
            .map(e -> e.getKey() + ": " + e.getValue())
            .collect(Collectors.joining("; ", " (", ")"));
  }

  private boolean isCovered(ProfiledModels found, Collection<String> classes) throws SQLException {
    Set<String> answered = new TreeSet<>();
    found.models().values().forEach(m -> answered.addAll(m.byRates().classes().keySet()));
    Set<String> known = profiles.classNames(found.dataset());
    String others = others(found.dataset());
    List<String> missing = new ArrayList<>();
    for (String name : classes) {
      if (!answered.contains(name)) {
        missing.add(name);
        problems.accept(unanswered(found, known, name, others));
      }
    }
    return missing.isEmpty();
  }

  /** Names the data set of the profiles and the alternatives; empty if there are none. */
  private String others(String dataset) throws SQLException {
    List<String> others = profiles.datasets().stream().filter(d -> !d.equals(dataset)).toList();
    return others.isEmpty()
        ? ""
        : "; from the profiles on %s; dataset = NAME selects another data set: %s"
            .formatted(dataset, String.join(", ", others));
  }

  private static String unanswered(
      ProfiledModels found, Set<String> known, String name, String others) {
    if (!known.contains(name)) {
      return NearestNames.unknown("class", name, known) + others;
    }
    boolean isAsked = found.models().values().stream().anyMatch(m -> m.labels().containsKey(name));
    return isAsked
        ? "The error rates of the models for the class '%s' are unknown: no image of %s shows it, or all images show it; evaluate them on images of both kinds"
            .formatted(name, found.dataset())
        : "No allowed model answers the class '%s'%s".formatted(name, excluded(found));
  }

  /** The registered model with a name. */
  static RegisteredModel named(List<RegisteredModel> models, String name) {
    return models.stream()
        .filter(m -> m.description().name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
