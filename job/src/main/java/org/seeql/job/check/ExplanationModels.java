package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.evaluate.ProfileRepository;
import org.seeql.job.inference.Devices;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.option.DeviceChoice;
import org.seeql.planner.plan.ExplanationMethod;
import org.seeql.planner.plan.ExplanationOptions;
import org.seeql.planner.plan.VisionTask;
import org.seeql.udf.explain.ImageExplainer;
import org.seeql.udf.explain.SaliencyMethod;
import org.seeql.udf.explain.SaliencyOptions;

/** Chooses how the answers of a model are explained. */
public final class ExplanationModels {
  // the grids of both papers
  private static final int GRID_OF_DRISE = 16;
  private static final int GRID_OF_RISE = 7;
  // the maximum of masks
  private static final int MAX_WINDOWS = 100_000;

  private final DatabaseSession session;

  public ExplanationModels(DatabaseSession session) {
    this.session = requireNonNull(session, "session is null");
  }

  /** The model of a run with its explainer and the cost. */
  public RunModels.Explained of(
      RegisteredModel model, ExplanationOptions options, DeviceChoice device) throws SQLException {
    SaliencyMethod method = method(options.method(), model.task());
    SaliencyOptions saliency =
        new SaliencyOptions(
            method,
            options.label().stream().toList(),
            options.masks(),
            options.grid().orElse(method == SaliencyMethod.DRISE ? GRID_OF_DRISE : GRID_OF_RISE),
            options.probability(),
            options.seed(),
            options.window(),
            options.stride(),
            options.faithfulness());
    return new RunModels.Explained(
        model,
        saliency,
        new ExplanationCost(
            1 + ImageExplainer.mostMasks(saliency),
            new ProfileRepository(session).findMillisPerImage(model, Devices.choose(device))));
  }

  /** The explainer that a statement names, or that of the task. */
  static SaliencyMethod method(Optional<ExplanationMethod> requested, VisionTask task) {
    return switch (requested.orElse(
        task == VisionTask.DETECT ? ExplanationMethod.DRISE : ExplanationMethod.RISE)) {
      case DRISE -> SaliencyMethod.DRISE;
      case RISE -> SaliencyMethod.RISE;
      case OCCLUSION -> SaliencyMethod.OCCLUSION;
    };
  }

  /** Reports what prevents an explanation of a model's answers. */
  static void check(RegisteredModel model, ExplanationOptions options, Consumer<String> problems) {
    String name = model.description().name();
    if (model.task() == VisionTask.EMBED) {
      problems.accept(
          "Cannot explain model '%s': it returns vectors, and only the score of a class can be explained"
              .formatted(name));
      return;
    }
    if (model.base().isPresent()) {
      problems.accept(
          "Cannot explain model '%s': it is a variation of %s; explain '%s'"
              .formatted(name, model.base().get(), model.base().get().name()));
    }
    int windows = ImageExplainer.windows(options.window(), options.stride());
    if (windows > MAX_WINDOWS) {
      problems.accept(
          "Cannot hide %,d windows one after another (at most %,d); increase stride"
              .formatted(windows, MAX_WINDOWS));
    }
    boolean detects = model.task() == VisionTask.DETECT;
    options
        .method()
        .filter(m -> m == (detects ? ExplanationMethod.RISE : ExplanationMethod.DRISE))
        .ifPresent(
            m ->
                problems.accept(
                    detects
                        ? "Explainer rise explains classes of whole images, but model '%s' can only %s; use drise or occlusion"
                            .formatted(name, model.task())
                        : "Explainer drise explains boxes, but model '%s' can only %s; use rise or occlusion"
                            .formatted(name, model.task())));
    List<String> labels = model.description().coveredLabels();
    options
        .label()
        .filter(label -> !labels.contains(label))
        .ifPresent(
            label ->
                problems.accept(
                    NearestNames.unknown("class", label, labels)
                        + "; these are the classes of model '%s'".formatted(name)));
  }
}
