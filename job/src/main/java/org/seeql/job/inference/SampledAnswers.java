package org.seeql.job.inference;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The images of a run that a reference model answered before the plan was chosen. The plan does not
 * apply to them.
 *
 * @param byRow the answers, by row of the selection
 */
public record SampledAnswers(SortedMap<Long, Answered> byRow) implements Serializable {
  private static final long serialVersionUID = 1L;

  public static final SampledAnswers NONE = new SampledAnswers(new TreeMap<>());

  /**
   * The answers about an image.
   *
   * @param evidence the answer of the reference about each class
   */
  public record Answered(boolean isFound, SortedMap<String, DecidingAnswer> evidence)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    public Answered {
      evidence = Collections.unmodifiableSortedMap(new TreeMap<>(evidence));
    }
  }

  public SampledAnswers {
    byRow = Collections.unmodifiableSortedMap(new TreeMap<>(byRow));
  }
}
