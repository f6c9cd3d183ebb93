package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

import org.opencv.core.Mat;

/**
 * An image's pixels, upright, in native memory: BGR, 8 bits a channel. A large JPEG may have fewer
 * pixels here than in its file, though at least twice as many each way as the inputs that it was
 * decoded for. Several threads may read it; close it to free the memory.
 */
public final class DecodedImage implements AutoCloseable {
  private final Mat pixels;
  private final int width;
  private final int height;
  private final long bytes;

  /**
   * An image.
   *
   * @param pixels which are this image's to free from now on
   * @param width of the file's image, upright
   * @param height of the file's image, upright
   */
  DecodedImage(Mat pixels, int width, int height) {
    this.pixels = requireNonNull(pixels, "pixels is null");
    this.width = width;
    this.height = height;
    this.bytes = pixels.total() * pixels.elemSize();
  }

  /** How much native memory it holds. */
  public long bytes() {
    return bytes;
  }

  Mat pixels() {
    return pixels;
  }

  /** Where it lies in a model's input. */
  Letterbox letterbox(InputFormat format) {
    return Letterbox.of(width, height, format);
  }

  @Override
  public void close() {
    pixels.release();
  }
}
