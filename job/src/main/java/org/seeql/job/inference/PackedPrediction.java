package org.seeql.job.inference;

import java.nio.ByteBuffer;
import java.util.List;
import org.seeql.udf.detect.Detection;

/**
 * A prediction as bytes, big-endian. Each detection has its class id (int), score, and left, top,
 * right and bottom edge in pixels (floats); the best is first. A class of a classifier has a box of
 * zeros.
 */
public final class PackedPrediction {
  private static final int ENTRY_BYTES = Integer.BYTES + 5 * Float.BYTES;

  private PackedPrediction() {}

  static byte[] pack(List<Detection> detections) {
    ByteBuffer bytes = ByteBuffer.allocate(detections.size() * ENTRY_BYTES);
    for (Detection d : detections) {
      bytes
          .putInt(d.classId())
          .putFloat(d.score())
          .putFloat(d.xMin())
          .putFloat(d.yMin())
          .putFloat(d.xMax())
          .putFloat(d.yMax());
    }
    return bytes.array();
  }

  /** Passes every entry to the reader, in order. */
  public static void read(byte[] packed, Reader reader) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    while (bytes.hasRemaining()) {
      reader.entry(
          bytes.getInt(),
          bytes.getFloat(),
          bytes.getFloat(),
          bytes.getFloat(),
          bytes.getFloat(),
          bytes.getFloat());
    }
  }

  /** Receives the entries. */
  @FunctionalInterface
  public interface Reader {
    void entry(int classId, float score, float xMin, float yMin, float xMax, float yMax);
  }
}
