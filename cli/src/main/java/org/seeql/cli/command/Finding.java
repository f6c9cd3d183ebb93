package org.seeql.cli.command;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;

/**
 * What a check of {@code seeql doctor} found.
 *
 * @param cure what the user can do; empty if nothing is wrong
 */
record Finding(State state, String found, Optional<String> cure) {
  enum State {
    OK,
    WARNING,
    FAILED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Finding {
    requireNonNull(state, "state is null");
    requireNonNull(found, "found is null");
    requireNonNull(cure, "cure is null");
  }

  static Finding ok(String found) {
    return new Finding(State.OK, found, Optional.empty());
  }

  static Finding warning(String found, String cure) {
    return new Finding(State.WARNING, found, Optional.of(cure));
  }

  static Finding failed(String found, String cure) {
    return new Finding(State.FAILED, found, Optional.of(cure));
  }
}
