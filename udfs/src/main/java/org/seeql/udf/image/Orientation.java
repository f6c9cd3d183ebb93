package org.seeql.udf.image;

import java.nio.ByteOrder;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.Mat;

/**
 * The transformation from stored to upright pixels, in the order of EXIF's values 1 to 8.
 *
 * @see <a href="https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf">EXIF 2.3, section 4.6.4,
 *     Orientation</a>
 */
enum Orientation {
  UPRIGHT,
  FLIP_LEFT_RIGHT,
  ROTATE_180,
  FLIP_TOP_BOTTOM,
  TRANSPOSE,
  ROTATE_CLOCKWISE,
  TRANSVERSE,
  ROTATE_COUNTERCLOCKWISE;

  private static final int ORIENTATION_TAG = 0x0112;
  private static final int DIRECTORY_ENTRY = 12;

  /** EXIF's value, 1 to 8. */
  int exif() {
    return List.of(values()).indexOf(this) + 1;
  }

  /** The orientation for an EXIF value; upright if the value is undefined. */
  static Orientation ofExif(long value) {
    return value >= 1 && value <= 8 ? values()[(int) value - 1] : UPRIGHT;
  }

  /** The transformation from upright pixels back to the stored ones. */
  Orientation inverse() {
    return switch (this) {
      case ROTATE_CLOCKWISE -> ROTATE_COUNTERCLOCKWISE;
      case ROTATE_COUNTERCLOCKWISE -> ROTATE_CLOCKWISE;
      default -> this;
    };
  }

  /** Whether width and height are swapped. */
  boolean turnsSideways() {
    return switch (this) {
      case UPRIGHT, FLIP_LEFT_RIGHT, ROTATE_180, FLIP_TOP_BOTTOM -> false;
      case TRANSPOSE, ROTATE_CLOCKWISE, TRANSVERSE, ROTATE_COUNTERCLOCKWISE -> true;
    };
  }

  /** Writes the upright image into {@code target}, which must be a different matrix. */
  void apply(Mat source, Mat target) {
    switch (this) {
      case UPRIGHT -> source.copyTo(target);
      case FLIP_LEFT_RIGHT -> Core.flip(source, target, 1);
      case ROTATE_180 -> Core.rotate(source, target, Core.ROTATE_180);
      case FLIP_TOP_BOTTOM -> Core.flip(source, target, 0);
      case TRANSPOSE -> Core.transpose(source, target);
      case ROTATE_CLOCKWISE -> Core.rotate(source, target, Core.ROTATE_90_CLOCKWISE);
      case TRANSVERSE -> {
        Core.transpose(source, target);
        Core.rotate(target, target, Core.ROTATE_180);
      }
      case ROTATE_COUNTERCLOCKWISE -> Core.rotate(source, target, Core.ROTATE_90_COUNTERCLOCKWISE);
    }
  }

  /**
   * The orientation in the first directory of a TIFF structure. Upright if that is damaged, because
   * damaged metadata must not make an image unusable. A library such as metadata-extractor is not
   * used, because it reads all metadata, and SeeQL reads this one value from the part of the file
   * that it has read anyway.
   */
  static Orientation ofTiff(Bytes file, long start) {
    try {
      boolean little = file.startsWith(start, "II");
      if (!little && !file.startsWith(start, "MM")) {
        return UPRIGHT;
      }
      Bytes bytes = file.in(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      long directory = start + bytes.u32(start + 4);
      int entries = bytes.u16(directory);
      for (int i = 0; i < entries; i++) {
        long entry = directory + 2 + (long) i * DIRECTORY_ENTRY;
        if (bytes.u16(entry) == ORIENTATION_TAG) {
          return ofExif(bytes.u16(entry + 8));
        }
      }
      return UPRIGHT;
    } catch (IndexOutOfBoundsException e) {
      return UPRIGHT;
    }
  }
}
