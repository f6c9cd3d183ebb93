package org.seeql.udf.batch;

import java.io.IOException;
import org.seeql.udf.image.ImageFile;
import org.seeql.udf.image.InputBuffer;
import org.seeql.udf.image.Letterbox;

/** An image to predict, whose file is not read yet. */
public interface ImageSource {
  /** The row of the selection to which it belongs. */
  long row();

  /**
   * Opens the image's file. Called once per image, or once per resolution if its {@link Route} is
   * exact, on threads of the pipeline, for many images concurrently.
   *
   * @throws IOException with a message that is suitable for the table of failures
   */
  ImageFile open() throws IOException;

  /** The size of the file if it is already in memory and stays there until the image is done. */
  default long bytesHeld() {
    return 0;
  }

  /**
   * Receives the image as the model gets it, before the model runs. Only pipelines with one model
   * call this, on threads of the pipeline.
   *
   * @param buffer valid only during the call
   * @param slot of the buffer that contains the image
   */
  default void decoded(InputBuffer buffer, int slot, Letterbox letterbox) {}
}
