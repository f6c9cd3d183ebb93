package org.seeql.udf.batch;

import org.seeql.udf.image.ImageFile;
import org.seeql.udf.image.InputBuffer;
import org.seeql.udf.image.Letterbox;

/**
 * Another form of an image that is decoded already. It writes itself into the model's input, and is
 * not counted as an image.
 */
public interface PreparedInput extends ImageSource {
  /**
   * Writes the image. Called once, on a thread of the pipeline.
   *
   * @param slot of the target, from 0
   * @return the position of the image in the input
   */
  Letterbox write(InputBuffer target, int slot);

  @Override
  default ImageFile open() {
    throw new IllegalStateException("a prepared input has no file");
  }
}
