package org.seeql.udf.image;

import org.opencv.core.Mat;

/** Decodes images as pipelines do. */
final class Decoded {
  private static final long MAX_PIXELS = 100_000_000;

  private Decoded() {}

  /** RGB, rotated according to EXIF. */
  static byte[] of(byte[] file) throws UndecodableImageException {
    return of(file, ExifRotation.APPLY);
  }

  static byte[] of(byte[] file, ExifRotation rotation) throws UndecodableImageException {
    try (ImageDecoder decoder = new ImageDecoder()) {
      UndecodedImage image = UndecodedImage.parse(file, rotation, MAX_PIXELS);
      Mat pixels = decoder.decode(file, image.header(), image.orientation(), 1);
      if (pixels.cols() != image.width() || pixels.rows() != image.height()) {
        throw new AssertionError(
            "%dx%d pixels, and %s".formatted(pixels.cols(), pixels.rows(), image));
      }
      return TestImages.rgb(pixels);
    }
  }
}
