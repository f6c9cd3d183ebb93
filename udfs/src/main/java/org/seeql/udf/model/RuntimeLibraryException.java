package org.seeql.udf.model;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What an inference library throws, before it is known what was asked of it. */
final class RuntimeLibraryException extends Exception {
  private static final long serialVersionUID = 1;

  private static final String TORCHSCRIPT_ERROR = "RuntimeError: ";

  RuntimeLibraryException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether memory was short. Neither library has a type of its own for it. */
  boolean isOutOfMemory() {
    return isOutOfMemory(getMessage());
  }

  /** Whether a library's words say that memory was short. */
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
   * The line that says what is wrong, without the library's own stack trace: the error that
   * TorchScript names at the end of it, else the first.
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
