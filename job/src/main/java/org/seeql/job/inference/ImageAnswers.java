package org.seeql.job.inference;

import java.util.Iterator;
import org.seeql.udf.batch.StageTimes;
import org.seeql.udf.model.Device;

/** The answers about a task's images, in their order. One thread's; closed by who opened it. */
interface ImageAnswers extends Iterator<AnsweredImage>, AutoCloseable {

  /** Begins to answer. The images are read only as far ahead as models need. */
  static ImageAnswers open(PredictionSettings work, Device device, Iterator<SelectedImage> images) {
    return work.models() instanceof ModelAssignment.PlannedModels planned
        ? new PlanAnswers(work, planned, device, images)
        : new ModelAnswers(work, (ModelAssignment.OneModel) work.models(), device, images);
  }

  StageTimes times();

  String engine();

  /** What came of the plan so far; nothing where there is none. */
  PlanCounts counts();

  @Override
  void close();
}
