package org.seeql.udf.image;

import java.io.IOException;
import java.io.InputStream;
import org.opencv.core.Mat;

/** The images that {@code make_images.py} writes. */
final class TestImages {
  private TestImages() {}

  static byte[] load(String name) throws IOException {
    try (InputStream in = TestImages.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  /** The given share of an image's bytes, from the start. */
  static byte[] cut(String name, double share) throws IOException {
    byte[] file = load(name);
    return java.util.Arrays.copyOf(file, (int) (file.length * share));
  }

  /** The bytes of an 8-bit BGR matrix as RGB. */
  static byte[] rgb(Mat bgr) {
    byte[] bytes = new byte[(int) bgr.total() * 3];
    bgr.get(0, 0, bytes);
    for (int i = 0; i < bytes.length; i += 3) {
      byte blue = bytes[i];
      bytes[i] = bytes[i + 2];
      bytes[i + 2] = blue;
    }
    return bytes;
  }
}
