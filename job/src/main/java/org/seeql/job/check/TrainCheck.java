package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.SelectColumns;
import org.seeql.database.ledger.SelectText;
import org.seeql.job.inference.ResultLayouts;
import org.seeql.job.model.RegisteredModel;
import org.seeql.job.train.FeatureModel;
import org.seeql.job.train.Training;
import org.seeql.job.train.TrainingLabels;
import org.seeql.job.train.TrainingSettings;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.option.WriteMode;
import org.seeql.planner.plan.Estimator;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.plan.TrainOptions;
import org.seeql.planner.plan.TrainPlan;
import org.seeql.planner.statement.TableName;
import org.seeql.udf.InferenceException;
import org.seeql.udf.model.Engine;
import org.seeql.udf.train.Backbone;

/** Checks TO TRAIN. The rows of its run are features; its result is a registered model. */
final class TrainCheck implements ClauseCheck {
  private static final String SPLIT = "split";
  private static final int LONGEST_NAME = 255;

  private final CheckScope scope;
  private final InferencePlan plan;
  private final TrainOptions options;

  TrainCheck(CheckScope scope, TrainPlan training) {
    this.scope = requireNonNull(scope, "scope is null");
    this.plan = training.run();
    this.options = training.options();
  }

  @Override
  public CheckedRun check(String runId, String statement) throws SQLException {
    SelectText text = scope.images().text(plan.select());
    Optional<SelectColumns> columns = scope.images().columns(plan.select(), text);
    Optional<FeatureModel> features = scope.models().find(plan).flatMap(this::features);
    checkName();
    Optional<String> root = scope.imageRoot(plan, text, columns);
    Optional<String> dataset = dataset(text);
    Optional<TrainingLabels.Columns> read = columns.flatMap(this::columns);
    List<String> classes = List.of();
    if (read.isPresent() && columns.get().duplicates().isEmpty()) {
      classes = new TrainingLabels(scope.session(), options, read.get(), scope.problems()).check();
    }
    scope.checkRights(plan, Optional.empty());
    scope.refuseProblems(plan);
    TrainingLabels.Columns known = read.orElseThrow();
    ResultLayout layout =
        ResultLayouts.features(known.label(), known.split(), known.id(), known.path());
    RunModels models = new RunModels.Features(features.orElseThrow());
    RunRecord record =
        new RunRecord(
            runId,
            new RunRecord.Request(statement, plan.kind(), plan.program(), plan.options()),
            models.recorded(),
            new RunRecord.Destination(Optional.empty(), WriteMode.ERROR),
            layout,
            root.orElseThrow());
    return CheckedRun.ofTraining(
        record,
        models,
        options.estimator() == Estimator.CLASSIFIER ? plan.select() : known.grouped(),
        new TrainingSettings(options.withDataset(dataset.orElseThrow()), classes));
  }

  private Optional<FeatureModel> features(RegisteredModel backbone) {
    if (backbone.base().isPresent()) {
      scope
          .problems()
          .accept(
              "Cannot train on the features of '%s': it is a variation of %s; use backbone = '%s'"
                  .formatted(plan.model(), backbone.base().get(), backbone.base().get().name()));
      return Optional.empty();
    }
    if (backbone.description().findFile(Engine.ONNX).isEmpty()) {
      scope
          .problems()
          .accept(
              "Cannot train on the features of '%s': it has no ONNX file, and the graph of a TorchScript file cannot be cut; export the model as ONNX, and register it with both files"
                  .formatted(plan.model()));
      return Optional.empty();
    }
    try {
      return Optional.of(FeatureModel.of(scope.repository().cache(), backbone, options.layer()));
    } catch (Backbone.LayerException e) {
      scope.problems().accept(problem(e));
    } catch (InferenceException e) {
      scope.problems().accept(String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  private String problem(Backbone.LayerException e) {
    if (options.layer().isPresent() && !e.known().isEmpty()) {
      return NearestNames.unknown("layer", options.layer().get(), e.known())
          + "; it comes from layer";
    }
    return e.known().isEmpty()
        ? String.valueOf(e.getMessage())
        : "%s; name it in the option layer. Its layers are, from the last: %s"
            .formatted(e.getMessage(), NearestNames.listed(reversed(e.known())));
  }

  private static List<String> reversed(List<String> names) {
    List<String> copy = new ArrayList<>(names);
    Collections.reverse(copy);
    return copy;
  }

  /** A training replaces only models of trainings, as runs replace only tables of runs. */
  private void checkName() throws SQLException {
    String name = options.model();
    if (name.length() > LONGEST_NAME) {
      scope
          .problems()
          .accept(
              "Cannot create model '%s': its name has %d characters (at most %d)"
                  .formatted(name, name.length(), LONGEST_NAME));
      return;
    }
    Optional<RegisteredModel> existing = scope.repository().find(name);
    if (existing.isPresent() && !Training.isTrained(existing.get())) {
      scope
          .problems()
          .accept(
              "Model '%s' exists and no training created it; choose another name, or drop it with DROP MODEL"
                  .formatted(name));
    }
  }

  private Optional<String> dataset(SelectText text) {
    if (options.dataset().isPresent()) {
      return options.dataset();
    }
    List<TableName> tables = scope.complete(text.tables());
    if (tables.isEmpty()) {
      scope
          .problems()
          .accept(
              "The SELECT reads no table that could name the data set; add WITH dataset = 'NAME'");
      return Optional.empty();
    }
    return Optional.of(tables.get(0) + "/holdout");
  }

  private Optional<TrainingLabels.Columns> columns(SelectColumns columns) {
    ImageColumns images = new ImageColumns(columns, scope.problems());
    Optional<String> path = images.path(plan.options().pathColumn());
    Optional<String> id = images.id(plan.options().idColumn());
    Optional<String> label = columns.find(options.label());
    if (label.isEmpty()) {
      scope
          .problems()
          .accept(
              NearestNames.unknown("column", options.label(), columns.labels())
                  + "; it comes from LABEL");
    }
    if (path.isEmpty() || id.isEmpty() || label.isEmpty()) {
      return Optional.empty();
    }
    if (label.equals(id) || label.equals(path)) {
      scope
          .problems()
          .accept(
              "The column '%s' identifies images, so it cannot contain their labels; name another column after LABEL"
                  .formatted(label.get()));
      return Optional.empty();
    }
    return Optional.of(
        new TrainingLabels.Columns(
            plan.select(),
            id.get(),
            path.get(),
            label.get(),
            columns.find(SPLIT).filter(split -> !label.get().equals(split))));
  }
}
