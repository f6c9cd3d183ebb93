package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.cli.command.CommandLineRunner.Outcome;

class ParseCommandTest {
  @TempDir Path directory;

  @BeforeEach
  void writePrograms() throws IOException {
    Files.writeString(
        directory.resolve("good.sql"),
        "USE d;\r\nSELECT * FROM größe TO FIND (a AND 'b c') OR NOT d WITH min_accuracy=0.9 INTO r;");
    Files.writeString(directory.resolve("bad.sql"), "SELECT 1;\nSELECT 1\nTO RUN 'x';");
  }

  @Test
  void printsOneDocumentPerLineInTheOrderOfTheArguments() {
    Outcome outcome = run("--format=json", "good.sql", "-f", "bad.sql", "-");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().lines())
        .containsExactly(
            "{\"file\":\"good.sql\",\"statements\":["
                + "{\"kind\":\"sql\",\"start_line\":1,\"start_column\":1,\"sql\":\"USE d\"},"
                + "{\"kind\":\"find\",\"start_line\":2,\"start_column\":1,"
                + "\"select\":\"SELECT * FROM größe\",\"predicate\":{\"or\":[{\"and\":[\"a\","
                + "\"b c\"]},{\"not\":\"d\"}]},\"with\":{\"min_accuracy\":0.9},\"into\":[\"r\"]}]}",
            "{\"file\":\"bad.sql\",\"error\":{\"line\":3,\"column\":8,\"message\":\"Unexpected"
                + " 'x'\",\"source_line\":\"TO RUN 'x';\",\"expected\":[\"an image\"]}}",
            "{\"file\":\"-\",\"statements\":[{\"kind\":\"show_models\",\"start_line\":1,"
                + "\"start_column\":1}]}");
  }

  @Test
  void printsAnOutline() {
    Outcome outcome = run("-f", "good.sql");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .isEqualTo(
            """
            1. sql at line 1, column 1
               sql        USE d
            2. find at line 2, column 1
               select     SELECT * FROM größe
               predicate  (('a' AND 'b c') OR NOT 'd')
               with       min_accuracy = 0.9
               into       r
            """);
  }

  @Test
  void showsWhereAProgramIsRefused() {
    Outcome outcome = run("bad.sql");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out())
        .isEqualTo(
            """
            refused at line 3, column 8: Unexpected 'x'
              TO RUN 'x';
                     ^
            expected: an image
            """);
  }

  @Test
  void failsForAFileThatCannotBeReadAndStillPrintsTheOthers() {
    Outcome outcome = run("--format", "json", "missing.sql", "good.sql");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out().lines()).hasSize(1);
    assertThat(outcome.err())
        .isEqualTo(
            "Cannot read the program " + directory.resolve("missing.sql") + ": no such file\n");
  }

  @Test
  void requiresAProgram() {
    Outcome outcome = run("--format=json");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo("Missing program: specify at least one FILE, or - for standard input\n");
  }

  private Outcome run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "parse";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return new CommandLineRunner(directory.toAbsolutePath()).withInput("SHOW MODELS").run(all);
  }
}
