package org.seeql.job.inference;

import java.util.Iterator;
import org.seeql.udf.batch.StageTimes;
import org.seeql.udf.model.Device;

/**
 * The answers about a task's images, in the order of the images. For one thread; the caller closes
 * it.
 */
interface ImageAnswers extends Iterator<AnsweredImage>, AutoCloseable {

  /** Starts to answer. Images are read only as far ahead as the models need. */
  static ImageAnswers open(PredictionSettings work, Device device, Iterator<SelectedImage> images) {
    if (work.models() instanceof ModelAssignment.PlannedModels planned) {
      return new PlanAnswers(work, planned, device, images);
    }
    return work.models() instanceof ModelAssignment.ExplainedModel explained
        ? new ExplainedAnswers(work, explained, device, images)
        : new ModelAnswers(work, (ModelAssignment.OneModel) work.models(), device, images);
  }

  StageTimes times();

  String engine();

  /** The counts of the plan so far; empty if there is no plan. */
  PlanCounts counts();

  @Override
  void close();
}
