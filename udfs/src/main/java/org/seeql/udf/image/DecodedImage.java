package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

import org.opencv.core.Mat;

/**
 * The pixels of an image in native memory: upright, BGR, 8 bits per channel. A large JPEG may be
 * decoded at reduced resolution. It then still has at least twice the width and height of the
 * inputs for which it was decoded. Several threads may read it; close it to free the memory.
 */
public final class DecodedImage implements AutoCloseable {
  private final Mat pixels;
  private final int width;
  private final int height;
  private final long bytes;

  /**
   * @param pixels owned by this image from now on
   * @param width of the file's image, upright
   * @param height of the file's image, upright
   */
  DecodedImage(Mat pixels, int width, int height) {
    this.pixels = requireNonNull(pixels, "pixels is null");
    this.width = width;
    this.height = height;
    this.bytes = pixels.total() * pixels.elemSize();
  }

  /** The size of its native memory, in bytes. */
  public long bytes() {
    return bytes;
  }

  Mat pixels() {
    return pixels;
  }

  /** Its position in a model's input. */
  Letterbox letterbox(InputFormat format) {
    return Letterbox.of(width, height, format);
  }

  @Override
  public void close() {
    pixels.release();
  }
}
