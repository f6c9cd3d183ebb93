package org.seeql.job.inference;

import java.util.ArrayList;
import java.util.List;
import org.seeql.udf.batch.PipelineState;

/** The states of the pipelines of this JVM. */
public final class PipelineStates {
  private PipelineStates() {}

  /** One state for each loaded pipeline, busy or idle. */
  public static List<PipelineState> ofJvm() {
    List<PipelineState> states = new ArrayList<>(PipelineRegistry.ofJvm().states());
    states.addAll(RoutedPipelines.ofJvm().states());
    return states;
  }
}
