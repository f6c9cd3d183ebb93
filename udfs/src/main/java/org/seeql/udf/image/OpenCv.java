package org.seeql.udf.image;

import nu.pattern.OpenCV;
import org.opencv.core.Core;

/** OpenCV's native library, loaded once for each JVM. */
final class OpenCv {
  static {
    // suppress a line per damaged image; this module reports these itself
    NativeEnvironment.setUnlessSet("OPENCV_LOG_LEVEL", "SILENT");
    OpenCV.loadLocally();
    // images are processed in parallel, so threads within one image only compete with each other
    Core.setNumThreads(1);
  }

  private OpenCv() {}

  /** Loads the library if necessary; call this before creating the first {@code Mat}. */
  static void load() {}
}
