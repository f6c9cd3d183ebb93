package org.seeql.database.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in MariaDB's log why it did not start, and suggests a remedy. */
final class ServerFailure {
  private static final int LOG_LINES = 15;
  private static final Pattern MISSING_LIBRARY =
      Pattern.compile("error while loading shared libraries: (\\S+?):");

  /** Debian's package of each library that MariaDB needs and that libc does not include. */
  private static final Map<String, String> PACKAGES =
      Map.of(
          "libcrypt.so.1", "libcrypt1",
          "libsystemd.so.0", "libsystemd0",
          "libstdc++.so.6", "libstdc++6",
          "libgcc_s.so.1", "libgcc-s1");

  private ServerFailure() {}

  static EmbeddedDatabaseException describe(DataDirectory directory, int exitStatus) {
    return describe(directory.root(), directory.log(), lastLines(directory.log()), exitStatus);
  }

  static EmbeddedDatabaseException describe(
      Path directory, Path logFile, List<String> log, int exitStatus) {
    String cannot = "Cannot start the embedded database in " + directory + ": ";
    String text = String.join("\n", log);
    Matcher missing = MISSING_LIBRARY.matcher(text);
    if (missing.find()) {
      // The loader names only the first missing library, so list every package that may be needed.
      String library = missing.group(1);
      return new EmbeddedDatabaseException(
          cannot
              + "MariaDB needs the shared library "
              + library
              + "; on Debian and Ubuntu: apt-get install "
              + String.join(" ", new TreeSet<>(PACKAGES.values())));
    }
    if (text.contains("No space left on device")) {
      return new EmbeddedDatabaseException(
          cannot + "its disk is full; free some space, or choose another data directory");
    }
    return new EmbeddedDatabaseException(
        cannot
            + "MariaDB ended with status "
            + exitStatus
            + ". The end of its log ("
            + logFile
            + "):\n"
            + text);
  }

  static EmbeddedDatabaseException usedByAnother(Path directory) {
    return new EmbeddedDatabaseException(
        "Cannot start the embedded database in "
            + directory
            + ": another MariaDB server uses its files, possibly in a container or on another"
            + " machine; stop that server, or choose another data directory");
  }

  static boolean portWasTaken(DataDirectory directory) {
    return lastLines(directory.log()).stream()
        .anyMatch(l -> l.contains("Can't start server: Bind on TCP/IP port"));
  }

  private static List<String> lastLines(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
    } catch (IOException e) {
      return List.of("(the log cannot be read: " + DataDirectory.reason(e) + ")");
    }
  }
}
