package org.seeql.job.inference;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.seeql.job.inference.ModelAssignment.OneModel;
import org.seeql.job.model.ModelCache;
import org.seeql.udf.batch.CloseableIterator;
import org.seeql.udf.batch.ImageResult;
import org.seeql.udf.batch.PipelineOptions;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.batch.StageTimes;
import org.seeql.udf.detect.GeometryKind;
import org.seeql.udf.model.Device;

/** The predictions of one model as rows. */
final class ModelAnswers implements ImageAnswers {
  private final PipelineRegistry.Lease lease;
  private final StageTimes times = new StageTimes(WorkListeners.ofJvm());
  private final CloseableIterator<ImageResult<SelectedImage>> results;
  private final RowEncoder<?> encoder;

  ModelAnswers(
      PredictionSettings work, OneModel one, Device device, Iterator<SelectedImage> images) {
    encoder = RowEncoder.of(one.model(), work.layout(), work.runId());
    ModelCache cache = new ModelCache(Path.of(work.modelCache()));
    lease =
        PipelineRegistry.ofJvm()
            .acquire(one.model(), device, cache, ExecutorCores.here(work.cores()));
    boolean boxesOnly = TaskResult.geometry(one.model(), work.layout()) == GeometryKind.NONE;
    PipelineOptions options = work.options();
    results = lease.pipeline().run(images, boxesOnly ? options.withBoxesOnly() : options, times);
  }

  @Override
  public boolean hasNext() {
    return results.hasNext();
  }

  @Override
  public AnsweredImage next() {
    ImageResult<SelectedImage> result = results.next();
    Optional<Prediction.Failure> failure = result.prediction().failure();
    return new AnsweredImage(
        result.source().selected(),
        failure,
        failure.isPresent()
            ? List.of()
            : encoder.encode(
                result.prediction(), result.source().content().map(ContentHash::hexadecimal)));
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
    try (lease) {
      results.close();
    }
  }
}
