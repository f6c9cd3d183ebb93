package org.seeql.udf.model;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** An error of an inference library, before the failed operation is known. */
final class RuntimeLibraryException extends Exception {
  private static final long serialVersionUID = 1;

  private static final String TORCHSCRIPT_ERROR = "RuntimeError: ";

  RuntimeLibraryException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether memory was exhausted. Neither library has a separate exception type for it. */
  boolean isOutOfMemory() {
    return isOutOfMemory(getMessage());
  }

  /** Whether a library's message says that memory was exhausted. */
  static boolean isOutOfMemory(String words) {
    String message = words.toLowerCase(Locale.ROOT);
    return Stream.of(
            "out of memory",
            "failed to allocate memory",
            "can't allocate memory",
            "bad_alloc",
            "bad allocation",
            "alloc_failed")
        .anyMatch(message::contains);
  }

  /**
   * The line that states the error, without the library's own stack trace. This is the error at the
   * end of a TorchScript trace, otherwise the first line.
   */
  String reason() {
    List<String> lines = getMessage().strip().lines().toList();
    return lines.stream()
        .filter(line -> line.startsWith(TORCHSCRIPT_ERROR))
        .map(line -> line.substring(TORCHSCRIPT_ERROR.length()))
        .findFirst()
        .orElse(lines.isEmpty() ? "no reason given" : lines.get(0));
  }
}
