package org.seeql.udf.image;

import nu.pattern.OpenCV;
import org.opencv.core.Core;

/** OpenCV's native library, loaded once a JVM. */
final class OpenCv {
  static {
    // no line for each damaged image, which is this module's to report
    NativeEnvironment.setUnlessSet("OPENCV_LOG_LEVEL", "SILENT");
    OpenCV.loadLocally();
    // Images are the unit of parallel work here: threads within one only get in each other's way.
    Core.setNumThreads(1);
  }

  private OpenCv() {}

  /** Makes sure that the library is there; to be called before the first {@code Mat}. */
  static void load() {}
}
