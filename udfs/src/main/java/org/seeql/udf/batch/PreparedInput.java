package org.seeql.udf.batch;

import org.seeql.udf.image.ImageFile;
import org.seeql.udf.image.InputBuffer;
import org.seeql.udf.image.Letterbox;

/** An image that is decoded already and writes itself into the model's input. */
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
