package org.seeql.udf.image;

import com.sun.jna.Function;
import com.sun.jna.Platform;

/** The environment variables that native libraries see, which Java itself cannot set. */
public final class NativeEnvironment {
  private static final int KEEP = 0;

  private NativeEnvironment() {}

  /**
   * Sets a variable unless the environment has it already. To be called before the library that
   * reads it is loaded; does nothing where there is no {@code setenv}.
   */
  public static void setUnlessSet(String name, String value) {
    if (Platform.isLinux() || Platform.isMac()) {
      Function.getFunction("c", "setenv").invokeInt(new Object[] {name, value, KEEP});
    }
  }
}
