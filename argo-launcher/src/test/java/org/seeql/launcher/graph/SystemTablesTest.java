package org.seeql.launcher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SystemTablesTest {
  /** A folder of module database, which this module does not depend on. */
  private static final Path MIGRATIONS =
      Path.of("../database/src/main/resources/org/seeql/database/migration");

  private static final Pattern CREATE_TABLE =
      Pattern.compile("(?i)CREATE TABLE\\s+(?:IF NOT EXISTS\\s+)?`?(\\w+)`?");

  @Test
  void containsEveryTableOfTheMigrations() throws IOException {
    Set<String> known = new TreeSet<>(SystemTables.OF_RUNS);
    known.addAll(SystemTables.OF_MODELS);
    known.add(SystemTables.IMAGE_ROOTS.name());

    assertThat(known).isEqualTo(created()).isNotEmpty();
  }

  private static Set<String> created() throws IOException {
    Set<String> created = new TreeSet<>();
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      List<Path> scripts = files.filter(f -> f.toString().endsWith(".sql")).toList();
      for (Path script : scripts) {
        CREATE_TABLE
            .matcher(Files.readString(script))
            .results()
            .forEach(match -> created.add(match.group(1)));
      }
    }
    return created;
  }
}
