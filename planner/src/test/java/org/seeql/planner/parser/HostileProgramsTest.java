package org.seeql.planner.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is meant to break a parser. The limits in time are there to catch a hang, no more. */
class HostileProgramsTest {
  private static final Duration NO_HANG = Duration.ofSeconds(20);

  private static final List<String> PIECES =
      List.of(
          "SELECT",
          "*",
          "FROM",
          "t",
          "WHERE",
          "a",
          "=",
          "1",
          "TO",
          "RUN",
          "PREDICT",
          "FIND",
          "TRAIN",
          "EVALUATE",
          "EXPLAIN",
          "CMD",
          "\"x\"",
          "'y'",
          ",",
          "INTO",
          "WITH",
          "USING",
          "LABEL",
          "COLUMN",
          "FOR",
          "[",
          "]",
          "(",
          ")",
          ".",
          ";",
          "`q`",
          "@v",
          "1.5e3",
          "-",
          "--",
          "-- c\n",
          "# c\n",
          "/* c */",
          "/*",
          "'",
          "\"",
          "`",
          "\\",
          "\n",
          "\t",
          "ä",
          "😀",
          "AND",
          "OR",
          "NOT",
          "CREATE",
          "MODEL",
          "OPTIONS",
          "DROP",
          "SHOW",
          "MODELS",
          "DESCRIBE",
          "CASE",
          "WHEN",
          "END",
          "INTERVAL",
          "f(",
          "..5",
          ".",
          "5a",
          "\0",
          "\uFEFF",
          "{",
          "}",
          "::",
          "?");

  private static final List<String> SOUND =
      List.of(
          "SELECT * FROM d.images ORDER BY id LIMIT 5\nTO RUN a/b:1 CMD \"run.py\", '--a=b' INTO r;",
          "SELECT a, b FROM t WHERE c IN (SELECT d FROM u) TO PREDICT t.c WITH a=[1,2] USING m;",
          "SELECT * FROM t TO FIND (a AND 'b c') OR NOT d WITH min_accuracy=0.9 INTO m;",
          "SELECT * FROM t TO TRAIN x.y WITH a.b=1 COLUMN f(a, [1,2]), b FOR c LABEL l INTO m;",
          "CREATE OR REPLACE MODEL m OPTIONS (uri='file:/x', size=640, labels=[a, b]);",
          "EXPLAIN SELECT CASE WHEN a THEN 1 ELSE 2 END FROM t TO EVALUATE m LABEL c INTO t;",
          "INSERT INTO t VALUES ('a;b', \"c\\\"d\"); -- x\nDROP TABLE t;");

  static Stream<Arguments> deepOrLong() {
    int n = 10_000;
    return Stream.of(
        Arguments.of("SELECT " + "(".repeat(n) + "1" + ")".repeat(n), "understood"),
        Arguments.of(
            "SELECT " + "(".repeat(n) + "1" + ")".repeat(n) + " TO RUN i",
            "line 1, column 1008: Parentheses are nested deeper than 1000 levels"),
        Arguments.of(
            "SELECT " + "(".repeat(500) + "1" + ")".repeat(500) + " TO RUN i", "understood"),
        Arguments.of("SELECT " + "(".repeat(60) + "1" + ")".repeat(60) + " TO RUN i", "understood"),
        Arguments.of(
            "SELECT " + "(1 + ".repeat(60) + "1" + ")".repeat(60) + " TO RUN i", "understood"),
        Arguments.of(
            "SELECT " + "(".repeat(60) + "a MOD 3" + ")".repeat(60) + " FROM t TO RUN i",
            "understood"),
        Arguments.of(
            "SELECT " + "(SELECT ".repeat(60) + "1" + ")".repeat(60) + " TO RUN i", "understood"),
        Arguments.of(
            "SELECT 1 TO FIND " + "(".repeat(n) + "a" + ")".repeat(n),
            "line 1, column 418: The predicate is nested deeper than 400 levels"),
        Arguments.of(
            "SELECT 1 TO FIND " + "NOT ".repeat(n) + "a",
            "line 1, column 1618: The predicate is nested deeper than 400 levels"),
        Arguments.of("SELECT 1 TO FIND " + "NOT ".repeat(400) + "a", "understood"),
        Arguments.of(
            "SELECT 1 TO PREDICT t WITH a=" + "[".repeat(n) + " USING m",
            "line 1, column 230: Lists are nested deeper than 200 levels"),
        Arguments.of(
            "SELECT 1 TO PREDICT t WITH a=" + "f(".repeat(n) + " USING m",
            "line 1, column 430: The expression is nested deeper than 200 levels"),
        Arguments.of(
            "EXPLAIN ".repeat(n) + "SELECT 1 TO RUN i", "line 1, column 801: Unexpected EXPLAIN"),
        Arguments.of("SELECT 1 TO FIND " + "a OR ".repeat(n) + "a", "understood"),
        Arguments.of(
            "SELECT * FROM t WHERE a IN ("
                + IntStream.range(0, 5000)
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining(","))
                + ") TO RUN i",
            "understood"),
        Arguments.of(
            String.join(" UNION ", Collections.nCopies(200, "SELECT a FROM t")) + " TO RUN i",
            "understood"),
        Arguments.of(
            "SELECT " + "f(".repeat(60) + "1" + ")".repeat(60) + " FROM t TO RUN i", "understood"),
        Arguments.of(
            "SELECT " + "CASE WHEN a THEN ".repeat(60) + "1" + " END".repeat(60) + " TO RUN i",
            "understood"),
        Arguments.of("SELECT 1;".repeat(n), "understood"),
        Arguments.of(
            "'".repeat(n + 1), "line 1, column 1: The string that begins here never ends"));
  }

  @ParameterizedTest
  @MethodSource("deepOrLong")
  void understandsOrRefusesWithAPosition(String text, String outcome) {
    assertThat(assertTimeoutPreemptively(NO_HANG, () -> outcome(text))).isEqualTo(outcome);
  }

  @Test
  void parsesAThousandStatements() {
    String program = String.join("\n", Collections.nCopies(143, String.join("\n", SOUND)));

    int statements =
        assertTimeoutPreemptively(NO_HANG, () -> ProgramParser.parse(program).statements().size());

    assertThat(statements).isEqualTo(143 * 8);
  }

  @Test
  void parsesOrRefusesRandomTokens() {
    Random random = new Random(7);
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "SELECT * FROM t TO " : "");
      for (int tokens = random.nextInt(30); tokens > 0; tokens--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
        text.append(random.nextInt(4) > 0 ? " " : "");
      }
      refusesAtAPlaceOrParses(text.toString());
    }
  }

  @Test
  void parsesOrRefusesMutatedPrograms() {
    Random random = new Random(11);
    for (int i = 0; i < 3000; i++) {
      List<String> tokens =
          new ArrayList<>(
              List.of(SOUND.get(random.nextInt(SOUND.size())).split("(?<=\\W)|(?=\\W)")));
      for (int mutations = 1 + random.nextInt(3); mutations > 0; mutations--) {
        int place = random.nextInt(tokens.size());
        switch (random.nextInt(3)) {
          case 0 -> tokens.set(place, "");
          case 1 -> tokens.add(place, tokens.get(random.nextInt(tokens.size())));
          default -> tokens.set(place, PIECES.get(random.nextInt(PIECES.size())));
        }
      }
      refusesAtAPlaceOrParses(String.join("", tokens));
    }
  }

  /** Any other exception fails the test. */
  private static void refusesAtAPlaceOrParses(String text) {
    assertTimeoutPreemptively(
        NO_HANG,
        () -> {
          try {
            ProgramParser.parse(text);
          } catch (SqlSyntaxException e) {
            List<String> lines = List.of(text.replaceFirst("^\uFEFF", "").split("\n", -1));
            int line = e.position().line();
            assertThat(line).isBetween(1, lines.size());
            String sourceLine = lines.get(line - 1);
            assertThat(e.sourceLine()).isEqualTo(sourceLine);
            assertThat(e.position().column())
                .isBetween(1, sourceLine.codePointCount(0, sourceLine.length()) + 1);
          }
        },
        () -> "hangs: " + text);
  }

  private static String outcome(String text) {
    try {
      ProgramParser.parse(text);
      return "understood";
    } catch (SqlSyntaxException e) {
      return e.position() + ": " + e.problem();
    }
  }
}
