package org.seeql.job.frame;

import java.io.IOException;

/** Reads the file of one image. Called once, on a thread of the pipeline. */
@FunctionalInterface
public interface ImageBytes {
  /**
   * The bytes of the file.
   *
   * @throws IOException with a message that says to people why there are none
   */
  byte[] read() throws IOException;
}
