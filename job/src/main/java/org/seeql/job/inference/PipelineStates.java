package org.seeql.job.inference;

import java.util.ArrayList;
import java.util.List;
import org.seeql.udf.batch.PipelineState;

/** How the pipelines of this JVM stand. */
public final class PipelineStates {
  private PipelineStates() {}

  /** One a pipeline that is there, busy or not, at this moment. */
  public static List<PipelineState> ofJvm() {
    List<PipelineState> states = new ArrayList<>(PipelineRegistry.ofJvm().states());
    states.addAll(RoutedPipelines.ofJvm().states());
    return states;
  }
}
