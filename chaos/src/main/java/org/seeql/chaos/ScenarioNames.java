package org.seeql.chaos;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** The names of the scenarios, grouped by the preparation that they need. */
final class ScenarioNames implements Iterable<String> {
  static final List<String> KILLS =
      List.of(
          "driver",
          "executor",
          "server",
          "connection",
          "suspended-driver",
          "two-drivers",
          "only-new-during-append",
          "overwrite-during-append");
  static final List<String> INPUTS = List.of("damaged-images", "hostile-names", "large-files");
  static final List<String> MODELS = List.of("mutated-models");

  @Override
  public Iterator<String> iterator() {
    return Stream.of(KILLS, INPUTS, MODELS).flatMap(List::stream).iterator();
  }
}
