package org.seeql.job.find;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.evaluate.ProfiledModels;
import org.seeql.job.model.ModelRepository;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.model.ClassSkill.Rates;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.plan.AutoPlan;

/**
 * Chooses the model for TO PREDICT … USING AUTO among those that answer all classes. Chooses the
 * cheapest model with the requested accuracy; if no accuracy is requested, the most accurate one.
 * The accuracy of a model is that of its worst class. For one statement.
 */
public final class ModelChoice {
  private static final double SLACK = 1e-9;

  private final CandidateModels candidates;
  private final Consumer<String> problems;

  /**
   * Chooses among the models that a session sees.
   *
   * @param problems receives the problems of the choice
   */
  public ModelChoice(DatabaseSession session, ModelRepository models, Consumer<String> problems) {
    this.candidates = new CandidateModels(session, models, problems);
    this.problems = requireNonNull(problems, "problems is null");
  }

  private record Candidate(ModelProfile profile, String worstClass, double accuracy) {}

  /** The chosen model. Empty, with a reported problem, if no model can be chosen. */
  public Optional<RegisteredModel> choose(AutoPlan auto) throws SQLException {
    List<RegisteredModel> allowed = candidates.allowed(auto.onlyModels(), auto.excludeModels());
    Optional<ProfiledModels> profiled =
        candidates.profiled(allowed, auto.dataset(), auto.run().options(), auto.classes(), false);
    if (profiled.isEmpty()) {
      return Optional.empty();
    }
    List<Candidate> covering =
        profiled.get().models().values().stream()
            .map(model -> model.byRates())
            .filter(profile -> profile.classes().keySet().containsAll(auto.classes()))
            .map(profile -> candidate(profile, auto.classes(), profiled.get()))
            .toList();
    if (covering.isEmpty()) {
      problems.accept(
          "No single model answers all of %s; TO FIND can use several models"
              .formatted(String.join(", ", auto.classes())));
      return Optional.empty();
    }
    List<Candidate> affordable =
        covering.stream()
            .filter(c -> c.profile().costMillis() <= auto.maxCostMillis().orElse(1e300) + SLACK)
            .toList();
    if (affordable.isEmpty()) {
      problems.accept(
          "No model that answers all of %s costs at most max_cost_ms=%s; the cheapest costs %s ms"
              .formatted(
                  String.join(", ", auto.classes()),
                  auto.maxCostMillis().orElseThrow(),
                  number(
                      covering.stream()
                          .mapToDouble(c -> c.profile().costMillis())
                          .min()
                          .orElseThrow())));
      return Optional.empty();
    }
    return best(auto, affordable)
        .map(chosen -> CandidateModels.named(allowed, chosen.profile().name()));
  }

  private Optional<Candidate> best(AutoPlan auto, List<Candidate> affordable) {
    Comparator<Candidate> accurate =
        Comparator.comparingDouble((Candidate c) -> -c.accuracy())
            .thenComparing(c -> c.profile().costMillis())
            .thenComparing(c -> c.profile().name());
    Candidate mostAccurate = affordable.stream().min(accurate).orElseThrow();
    if (auto.minAccuracy().isEmpty()) {
      return Optional.of(mostAccurate);
    }
    double least = auto.minAccuracy().getAsDouble();
    Optional<Candidate> cheapest =
        affordable.stream()
            .filter(c -> c.accuracy() >= least - SLACK)
            .min(
                Comparator.comparing((Candidate c) -> c.profile().costMillis())
                    .thenComparing(accurate));
    if (cheapest.isEmpty()) {
      problems.accept(
          "No model reaches min_accuracy=%s for all of %s; the best is %s with %s for %s"
              .formatted(
                  least,
                  String.join(", ", auto.classes()),
                  mostAccurate.profile().name(),
                  number(mostAccurate.accuracy()),
                  mostAccurate.worstClass()));
    }
    return cheapest;
  }

  private static Candidate candidate(
      ModelProfile profile, List<String> classes, ProfiledModels known) {
    String worst = classes.get(0);
    double least = 1;
    for (String name : classes) {
      Rates rates = (Rates) profile.classes().get(name);
      double prior = known.priors().shares().get(name);
      double accuracy =
          prior * rates.truePositiveRate() + (1 - prior) * (1 - rates.falsePositiveRate());
      if (accuracy < least) {
        least = accuracy;
        worst = name;
      }
    }
    return new Candidate(profile, worst, least);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
