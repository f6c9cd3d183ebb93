package org.seeql.udf.image;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import nu.pattern.OpenCV;
import org.opencv.core.Core;

/** OpenCV's native library, loaded once a JVM. */
final class OpenCv {
  static {
    silence();
    OpenCV.loadLocally();
    // Images are the unit of parallel work here: threads within one only get in each other's way.
    Core.setNumThreads(1);
  }

  private OpenCv() {}

  /**
   * Keeps OpenCV from printing a line for each damaged image, which is this module's to report. It
   * looks at the environment only, and no later than when it is loaded.
   */
  private static void silence() {
    if (System.getenv("OPENCV_LOG_LEVEL") == null && Platform.isLinux()) {
      Function setenv = Function.getFunction("c", "setenv");
      setenv.invokeInt(new Object[] {"OPENCV_LOG_LEVEL", "SILENT", 0});
    }
  }

  /** Makes sure that the library is there; to be called before the first {@code Mat}. */
  static void load() {}
}
