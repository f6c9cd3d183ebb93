package org.seeql.udf.batch;

import java.io.IOException;

/** An image to predict, not read yet. */
public interface ImageSource {
  /** The row of the selection that it comes from. */
  long row();

  /**
   * The bytes of the image's file. Called once, on a thread of the pipeline, many at a time.
   *
   * @throws IOException with a message that is reason enough for the row of failures
   */
  byte[] read() throws IOException;
}
