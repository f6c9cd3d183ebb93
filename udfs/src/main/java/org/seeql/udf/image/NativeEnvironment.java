package org.seeql.udf.image;

import com.sun.jna.Function;
import com.sun.jna.Platform;

/** Sets environment variables for native libraries, which Java itself cannot do. */
public final class NativeEnvironment {
  private static final int KEEP = 0;

  private NativeEnvironment() {}

  /**
   * Sets a variable unless it is already set. Call this before the library that reads it is loaded.
   * Does nothing on systems without {@code setenv}.
   */
  public static void setUnlessSet(String name, String value) {
    if (Platform.isLinux() || Platform.isMac()) {
      Function.getFunction("c", "setenv").invokeInt(new Object[] {name, value, KEEP});
    }
  }
}
