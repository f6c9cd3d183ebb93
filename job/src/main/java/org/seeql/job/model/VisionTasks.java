package org.seeql.job.model;

import org.seeql.planner.plan.VisionTask;
import org.seeql.udf.layout.ClassificationLayout;
import org.seeql.udf.layout.DetectorLayout;
import org.seeql.udf.layout.EmbeddingLayout;
import org.seeql.udf.layout.OutputLayout;
import org.seeql.udf.layout.TaggingLayout;
import org.seeql.udf.model.ModelDescription;

/** The tasks of models. */
public final class VisionTasks {
  private VisionTasks() {}

  /** The task of a model. */
  public static VisionTask of(ModelDescription model) {
    return model.layout().accept(new OfLayout());
  }

  private static final class OfLayout implements OutputLayout.Visitor<VisionTask> {
    @Override
    public VisionTask detector(DetectorLayout layout) {
      return VisionTask.DETECT;
    }

    @Override
    public VisionTask classifier(ClassificationLayout layout) {
      return VisionTask.CLASSIFY;
    }

    @Override
    public VisionTask tagger(TaggingLayout layout) {
      return VisionTask.TAG;
    }

    @Override
    public VisionTask embedder(EmbeddingLayout layout) {
      return VisionTask.EMBED;
    }
  }
}
