package org.seeql.udf.batch;

import java.io.IOException;
import org.seeql.udf.image.ImageFile;

/** An image to predict, not read yet. */
public interface ImageSource {
  /** The row of the selection that it comes from. */
  long row();

  /**
   * Opens the image's file. Called once, on a thread of the pipeline, many at a time.
   *
   * @throws IOException with a message that is reason enough for the row of failures
   */
  ImageFile open() throws IOException;

  /**
   * The size of the file where it is in memory already, and stays there until the image is done.
   */
  default long bytesHeld() {
    return 0;
  }
}
