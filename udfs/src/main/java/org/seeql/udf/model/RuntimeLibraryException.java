package org.seeql.udf.model;

import java.util.Locale;
import java.util.stream.Stream;

/** What an inference library throws, before it is known what was asked of it. */
final class RuntimeLibraryException extends Exception {
  private static final long serialVersionUID = 1;

  RuntimeLibraryException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether memory was short. Neither library has a type of its own for it. */
  boolean isOutOfMemory() {
    String message = getMessage().toLowerCase(Locale.ROOT);
    return Stream.of(
            "out of memory",
            "failed to allocate memory",
            "can't allocate memory",
            "bad_alloc",
            "bad allocation",
            "alloc_failed")
        .anyMatch(message::contains);
  }

  /** The first line, without the library's own stack trace. */
  String reason() {
    return getMessage().strip().lines().findFirst().orElse("no reason given");
  }
}
