package org.seeql.udf.batch;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.OptionalInt;

/**
 * The number of images in the model calls of a run. Immutable.
 *
 * @param kind what the number means
 * @param images the number; 0 if the pipeline chooses it
 */
public record BatchSize(Kind kind, int images) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The pipeline chooses the fastest size. */
  public static final BatchSize AUTO = new BatchSize(Kind.AUTO, 0);

  /** What the number of images means. */
  public enum Kind {
    /** The pipeline chooses the size. */
    AUTO,
    /** The pipeline chooses the size, up to the number. */
    AT_MOST,
    /** Each call has the number of images, except the last ones of a run. */
    EXACTLY
  }

  public BatchSize {
    requireNonNull(kind, "kind is null");
    if (kind == Kind.AUTO ? images != 0 : images < 1) {
      throw new IllegalArgumentException("Invalid batchSize: " + images + " (at least 1)");
    }
  }

  public static BatchSize atMost(int images) {
    return new BatchSize(Kind.AT_MOST, images);
  }

  /**
   * A fixed size. Calls have fewer images at the end of a run, if images cannot be decoded, if no
   * image arrives for a second, and if the memory of the device does not suffice.
   */
  public static BatchSize exactly(int images) {
    return new BatchSize(Kind.EXACTLY, images);
  }

  public boolean isExact() {
    return kind == Kind.EXACTLY;
  }

  /** The maximum number of images per call; empty if the pipeline chooses it. */
  public OptionalInt largest() {
    return kind == Kind.AUTO ? OptionalInt.empty() : OptionalInt.of(images);
  }
}
