package org.seeql.job.inference;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import org.seeql.job.inference.ModelAssignment.ExplainedModel;
import org.seeql.job.model.ModelCache;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.batch.StageTimes;
import org.seeql.udf.explain.ExplainedImage;
import org.seeql.udf.explain.ImageExplainer;
import org.seeql.udf.model.Device;

/** The explanations of one model's answers as rows. One image after another is explained. */
final class ExplainedAnswers implements ImageAnswers {
  private final Iterator<SelectedImage> images;
  private final PipelineRegistry.Lease lease;
  private final StageTimes times = new StageTimes(WorkListeners.ofJvm());
  private final ImageExplainer explainer;
  private final ExplanationRows rows;

  ExplainedAnswers(
      PredictionSettings work,
      ExplainedModel explained,
      Device device,
      Iterator<SelectedImage> images) {
    this.images = images;
    rows =
        new ExplanationRows(work.runId(), explained.model().name(), explained.options().method());
    ModelCache cache = new ModelCache(Path.of(work.modelCache()));
    lease =
        PipelineRegistry.ofJvm()
            .acquire(explained.model(), device, cache, ExecutorCores.here(work.cores()));
    explainer = new ImageExplainer(lease.pipeline(), work.options(), explained.options(), times);
  }

  @Override
  public boolean hasNext() {
    return images.hasNext();
  }

  @Override
  public AnsweredImage next() {
    SelectedImage image = images.next();
    ExplainedImage explained = explainer.explain(image, image.selected().idText().orElse(""));
    Optional<Prediction.Failure> failure = explained.prediction().failure();
    return new AnsweredImage(image.selected(), failure, rows.of(explained));
  }

  @Override
  public StageTimes times() {
    return times;
  }

  @Override
  public String engine() {
    return lease.pipeline().model().engine().toString();
  }

  @Override
  public PlanCounts counts() {
    return PlanCounts.NONE;
  }

  @Override
  public void close() {
    lease.close();
  }
}
