package org.seeql.job.run;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.CompletedImageSets;
import org.seeql.database.ledger.CompletedImageSets.ImageSet;
import org.seeql.database.ledger.FailedImages;
import org.seeql.database.ledger.RequestFingerprint;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.Selection;
import org.seeql.job.SessionOptions;
import org.seeql.job.StatementResult;
import org.seeql.job.check.CheckedRun;
import org.seeql.job.check.RunChecks;
import org.seeql.job.check.RunModels;
import org.seeql.job.find.PlanExplanation;
import org.seeql.job.find.ReferenceRequest;
import org.seeql.job.inference.BoundModel;
import org.seeql.job.inference.Devices;
import org.seeql.job.model.RegisteredModel;
import org.seeql.job.train.FeatureModel;
import org.seeql.job.train.TrainingSettings;
import org.seeql.planner.option.OptionScope;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.plan.StatementPlan;
import org.seeql.planner.plan.StatementPlans;
import org.seeql.planner.plan.TrainOptions;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.Statement;
import org.seeql.udf.batch.InferencePipeline;
import org.seeql.udf.explain.SaliencyMethod;
import org.seeql.udf.explain.SaliencyOptions;
import org.seeql.udf.layout.DetectorLayout;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelLoader;

/** Describes how a statement would be executed. Checks the statement but does not run it. */
public final class Explainer {
  private static final String NO_RUN = "no run";

  private final SessionOptions options;
  private final DatabaseSession session;
  private final RunChecks checks;

  public Explainer(SessionOptions options, DatabaseSession session, RunChecks checks) {
    this.options = requireNonNull(options, "options is null");
    this.session = requireNonNull(session, "session is null");
    this.checks = requireNonNull(checks, "checks is null");
  }

  /**
   * Explains a statement.
   *
   * @throws PlanningException with all problems of the statement
   */
  public StatementResult.Explanation explain(Statement statement) throws SQLException {
    CheckedRun run = checks.check(plan(statement, options), NO_RUN, NO_RUN);
    Map<String, Object> facts = facts(run);
    Optional<PlanExplanation> choice = run.choice().map(PlanExplanation::of);
    Map<String, Object> document = new LinkedHashMap<>(facts);
    choice.ifPresent(plan -> document.putAll(plan.document()));
    return new StatementResult.Explanation(
        choice.map(plan -> plan.text() + "\n").orElse("") + lines(facts), document);
  }

  /**
   * The plan of a SELECT with a clause.
   *
   * @throws PlanningException if the statement is another one, or with its problems
   */
  static StatementPlan plan(Statement statement, SessionOptions options) {
    return statement
        .findSelecting()
        .map(selecting -> StatementPlans.of(selecting, options.programs(), options.commandLine()))
        .orElseThrow(
            () ->
                new PlanningException(
                    statement.position(),
                    List.of(
                        "EXPLAIN supports statements with TO RUN, TO PREDICT, TO FIND, TO EVALUATE, TO TRAIN or TO EXPLAIN, and plain SQL, which the database explains")));
  }

  private Map<String, Object> facts(CheckedRun run) throws SQLException {
    RunRecord record = run.record();
    requireStorable(run);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("clause", "TO " + record.kind());
    facts.put("models", models(run));
    if (run.models() instanceof RunModels.Referenced referenced) {
      facts.putAll(reference(referenced.request()));
    }
    long images = count(run.select());
    facts.put("images", images);
    if (run.models() instanceof RunModels.Explained explained) {
      facts.putAll(explanation(explained, images));
    }
    run.training().ifPresent(settings -> facts.putAll(training(settings)));
    if (record.options().onlyNew()) {
      facts.putAll(novelty(run));
    }
    facts.put("image_root", record.imageRoot());
    facts.put(
        "target",
        run.evaluation()
            .map(evaluation -> evaluation.target())
            .or(record::target)
            .map(Object::toString)
            .or(() -> run.training().map(training -> "the model " + training.options().model()))
            .orElse("none: rows are only shown"));
    run.evaluation()
        .filter(evaluation -> evaluation.options().keepMatches())
        .map(evaluation -> EvaluateStatement.matchesOf(evaluation.target()))
        .ifPresent(matches -> facts.put("matches", matches.toString()));
    facts.put("mode", record.mode().name().toLowerCase(Locale.ROOT));
    facts.put("columns", record.layout().columns().stream().map(ResultColumn::name).toList());
    facts.put("options", options(record));
    return facts;
  }

  /** The options that the statement could have set. */
  private static Map<String, String> options(RunRecord record) {
    Map<String, String> map = new LinkedHashMap<>(record.options().toMap());
    scope(record.kind()).ifPresent(scope -> map.keySet().retainAll(OptionTable.of(scope).names()));
    return map;
  }

  private static Optional<OptionScope> scope(InferencePlan.Kind kind) {
    return switch (kind) {
      case RUN, PREDICT -> Optional.empty();
      case EVALUATE -> Optional.of(OptionScope.EVALUATE);
      case EXPLAIN -> Optional.of(OptionScope.EXPLAIN);
      case FIND -> Optional.of(OptionScope.FIND);
      case TRAIN -> Optional.of(OptionScope.TRAIN);
    };
  }

  private static Map<String, Object> training(TrainingSettings settings) {
    TrainOptions options = settings.options();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("estimator", options.estimator().toString().toLowerCase(Locale.ROOT));
    facts.put("classes", settings.classes());
    facts.put("holdout", options.holdout());
    facts.put("seed", options.seed());
    facts.put("dataset", options.dataset().orElseThrow());
    return facts;
  }

  private static Map<String, Object> explanation(RunModels.Explained explained, long images) {
    SaliencyOptions options = explained.options();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("explainer", options.method().name().toLowerCase(Locale.ROOT));
    facts.put("weight", weight(options.method(), explained.model().description()));
    facts.put("label", options.labels().isEmpty() ? "all" : options.labels());
    if (options.method() == SaliencyMethod.OCCLUSION) {
      facts.put("window", options.window());
      facts.put("stride", options.stride());
    } else {
      facts.put("masks", options.masks());
      facts.put("grid", options.grid());
      facts.put("probability", options.probability());
      facts.put("seed", options.seed());
    }
    facts.put("faithfulness", options.faithfulness());
    facts.put("cost", explained.cost().of(images));
    return facts;
  }

  private static String weight(SaliencyMethod method, ModelDescription model) {
    if (!(model.layout() instanceof DetectorLayout)) {
      return "score of the class";
    }
    String weight =
        InferencePipeline.hasProposals(model)
            ? "IoU × cosine of class probabilities × objectness"
            : "IoU × score of the class";
    return method == SaliencyMethod.OCCLUSION ? "loss of " + weight : weight;
  }

  private static Map<String, Object> reference(ReferenceRequest request) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("reference", request.reference().name());
    facts.put("sample_size", request.bounds().sampleSize());
    facts.put("plan", "chosen by the run, from the answers of these models about the sample");
    return facts;
  }

  /** A run stores the rows of the SELECT in a table, which the database may refuse. */
  private void requireStorable(CheckedRun run) throws SQLException {
    try {
      Selection.requireStorable(session, run.select(), run.record().layout().neededColumns());
    } catch (SQLException e) {
      if (!DatabaseErrors.isDenied(e)) {
        throw e;
      }
    }
  }

  private Map<String, Object> novelty(CheckedRun run) throws SQLException {
    RequestFingerprint fingerprint = run.fingerprint().orElseThrow();
    List<ImageSet> sets = CompletedImageSets.of(session, run.record().target().orElseThrow());
    Optional<ImageSet> own =
        sets.stream().filter(s -> s.fingerprint().equals(fingerprint)).findFirst();
    Map<String, Object> facts = new LinkedHashMap<>();
    long images = count(run.select());
    long skipped = 0;
    if (own.isPresent()) {
      ResultLayout layout = run.record().layout();
      long set = own.get().id();
      skipped =
          FailedImages.count(
              session, run.select(), layout, set, RunExecution.skipRule(run.record()));
      images = Selection.countNew(session, run.select(), layout, set) - skipped;
    }
    facts.put("new_images", images);
    facts.put("new_to", fingerprint.request());
    facts.put("skipped_images", skipped);
    List<String> others =
        sets.stream()
            .map(s -> s.fingerprint().request())
            .filter(a -> !a.equals(fingerprint.request()))
            .toList();
    if (!others.isEmpty()) {
      facts.put("target_has", others);
    }
    return facts;
  }

  private static List<String> models(CheckedRun run) {
    Device device = Devices.choose(run.record().options().device());
    if (run.models() instanceof RunModels.Features training) {
      FeatureModel features = training.features();
      return List.of(
          "%s version %d, %d features at %s, ONNX on %s"
              .formatted(
                  features.backbone().description().name(),
                  features.backbone().version(),
                  features.cut().features(),
                  features.cut().layer(),
                  device));
    }
    if (run.models() instanceof RunModels.One one) {
      return List.of(model(one.model(), device));
    }
    if (run.models() instanceof RunModels.Explained explained) {
      return List.of(model(explained.model(), device));
    }
    List<BoundModel> models =
        run.models() instanceof RunModels.Referenced referenced
            ? referenced.request().candidates()
            : ((RunModels.Planned) run.models()).kept().work().models();
    return models.stream().map(model -> model(model, device)).toList();
  }

  private static String model(RegisteredModel model, Device device) {
    return "%s version %d, %s on %s"
        .formatted(
            model.description().name(),
            model.version(),
            ModelLoader.fasterEngine(model.description(), device),
            device);
  }

  private static String model(BoundModel model, Device device) {
    return "%s version %d, %s on %s, confidence at least %s"
        .formatted(
            model.name(),
            model.version(),
            ModelLoader.fasterEngine(model.description(), device),
            device,
            model.threshold());
  }

  private long count(String select) throws SQLException {
    return session
        .findFirst(
            "SELECT COUNT(*) FROM (" + select + "\n) AS seeql_selected", row -> row.getLong(1))
        .orElseThrow();
  }

  private static String lines(Map<String, Object> facts) {
    StringBuilder text = new StringBuilder();
    facts.forEach(
        (name, value) -> text.append("%-14s %s%n".formatted(name.replace('_', ' '), words(value))));
    return text.toString();
  }

  private static String words(Object value) {
    if (value instanceof List<?> list) {
      return String.join(
          list.stream().anyMatch(item -> String.valueOf(item).contains(",")) ? "; " : ", ",
          list.stream().map(String::valueOf).toList());
    }
    if (value instanceof Map<?, ?> map) {
      return String.join(
          ", ", map.entrySet().stream().map(e -> e.getKey() + " = " + e.getValue()).toList());
    }
    return String.valueOf(value);
  }
}
