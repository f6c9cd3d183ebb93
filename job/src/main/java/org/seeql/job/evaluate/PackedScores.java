package org.seeql.job.evaluate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.seeql.udf.evaluate.SampledImage;

/**
 * The stored form of the scores of one class on the images of a presence sample: float32
 * big-endian, one value per image in the order of the sample, compressed with zlib (RFC 1950).
 *
 * <p>A value is exactly the score that the model gave. A rounded score could be on the other side
 * of a threshold than the score in a run. Most values are 0, because most images show few classes;
 * these compress to almost nothing.
 */
final class PackedScores {
  private PackedScores() {}

  /** Packs the scores of one class. */
  static byte[] column(List<SampledImage> sample, int classNumber) {
    ByteBuffer values = ByteBuffer.allocate(sample.size() * Float.BYTES);
    sample.forEach(image -> values.putFloat(image.scores()[classNumber]));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream zip = new DeflaterOutputStream(packed)) {
      zip.write(values.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /**
   * Unpacks the scores of one class.
   *
   * @param images the number of images in the sample
   * @throws IOException if the bytes are not one score from 0 to 1 for each image
   */
  static float[] unpack(byte[] packed, int images) throws IOException {
    int expected = images * Float.BYTES;
    byte[] bytes;
    try (InflaterInputStream zip = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      // One more byte shows that there are too many, without inflating all of them
      bytes = zip.readNBytes(expected + 1);
    }
    if (bytes.length != expected) {
      throw new IOException(
          "the column contains %s bytes, not %d"
              .formatted(bytes.length > expected ? "more" : bytes.length, expected));
    }
    float[] scores = new float[images];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(scores);
    for (float score : scores) {
      if (!(score >= 0 && score <= 1)) {
        throw new IOException("the column contains the score %s".formatted(score));
      }
    }
    return scores;
  }
}
