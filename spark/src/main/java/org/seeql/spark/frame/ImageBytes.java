package org.seeql.spark.frame;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.seeql.udf.image.ImageFile;

/** Opens the file of one image. Called once, on a thread of the pipeline. */
@FunctionalInterface
public interface ImageBytes {
  /**
   * The file.
   *
   * @throws IOException with a message that says to people why there is none
   */
  ImageFile open() throws IOException;

  /** How much memory the row takes for the image, until the image is done. */
  default long bytesHeld() {
    return 0;
  }

  /** Bytes that a row has already. */
  static ImageBytes of(byte[] content) {
    requireNonNull(content, "content is null");
    return new ImageBytes() {
      @Override
      public ImageFile open() {
        return ImageFile.of(content);
      }

      @Override
      public long bytesHeld() {
        return content.length;
      }
    };
  }
}
