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
   * @throws IOException if it cannot be opened; the message is for users
   */
  ImageFile open() throws IOException;

  /** Bytes of memory that the row uses for the image until the image is done. */
  default long bytesHeld() {
    return 0;
  }

  /** Bytes that a row already contains. */
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
