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
import org.seeql.planner.statement.Program;
import org.seeql.planner.statement.SqlMode;

/** Input that is designed to break a parser. The time limits only detect a hang. */
class HostileProgramsTest {
  private static final Duration NO_HANG = Duration.ofMinutes(5);

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
          "\uD83D",
          "\uDE00",
          "\u0085",
          "SET",
          "SESSION",
          "sql_mode",
          "@@sql_mode",
          "'ANSI_QUOTES'",
          "CONCAT(",
          "OVER (",
          "UNION",
          "JOIN",
          "WITH RECURSIVE",
          "VALUES",
          "REFERENCES",
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
          "INSERT INTO t VALUES ('a;b', \"c\\\"d\"); -- x\nDROP TABLE t;",
          "SET @o = @@sql_mode, sql_mode = CONCAT(@@sql_mode, ',ANSI'); SELECT \"a\" FROM \"t\"; SET sql_mode = @o;",
          "WITH c AS (SELECT a, SUM(b) OVER (ORDER BY a) FROM t) SELECT * FROM c JOIN u USING (a);");

  static Stream<String> large() {
    int n = 1_000_000;
    return Stream.of(
        "SELECT '" + "a".repeat(n) + "' TO RUN i",
        "SELECT \"" + "\\\"".repeat(n / 2) + "\" TO RUN i",
        "SELECT " + "a,".repeat(n / 2) + "a FROM t TO RUN i",
        "SELECT " + "a+".repeat(n / 2) + "a FROM t TO RUN i",
        "SELECT " + "a AND ".repeat(n / 6) + "a TO RUN i",
        "SELECT " + "a.".repeat(n / 2) + "a TO RUN i",
        "SELECT " + "(1)".repeat(n / 3) + " TO RUN i",
        "SELECT 1 " + "UNION SELECT 1 ".repeat(n / 15) + " TO RUN i",
        "SELECT " + "f(".repeat(900) + "1" + ")".repeat(900) + " TO RUN i",
        "SELECT " + "CASE WHEN ".repeat(n / 10) + " TO RUN i",
        "SELECT " + "NOT ".repeat(n / 4) + "a TO RUN i",
        "SELECT " + "- ".repeat(n / 2) + "1 TO RUN i",
        "(".repeat(900) + "SELECT 1" + ")".repeat(900) + " TO RUN i",
        "SELECT 1 FROM " + "(SELECT * FROM ".repeat(900) + "t" + ") q".repeat(900) + " TO RUN i",
        "SELECT * FROM t" + " JOIN t".repeat(n / 7) + " TO RUN i",
        "WITH " + "a AS (SELECT 1), ".repeat(n / 17) + "b AS (SELECT 1) SELECT 1 TO RUN i",
        "/*" + "*".repeat(n) + "/ SELECT 1 TO RUN i",
        "SELECT 1 TO RUN " + "i/".repeat(n / 2) + "i",
        "SELECT 1 TO RUN i CMD " + "'a', ".repeat(n / 5) + "'a'",
        "SELECT 1 TO RUN i INTO " + "t,".repeat(n / 2) + "t",
        "SELECT 1 TO FIND " + "a AND ".repeat(n / 6) + "b",
        "SELECT 1 TO FIND " + "(a AND ".repeat(390) + "b" + ")".repeat(390),
        "SELECT 1 TO PREDICT t WITH a=[" + "1,".repeat(n / 2) + "1] USING m",
        "SELECT 1 TO PREDICT t WITH a=" + "1+".repeat(n / 2) + "1 USING m",
        "SELECT 1 TO PREDICT t WITH a=" + "-".repeat(n) + "1 USING m",
        "SELECT 1 TO PREDICT t WITH a=" + "a.".repeat(n / 2) + "b USING m",
        "SELECT 1 TO PREDICT t WITH "
            + IntStream.range(0, n / 10)
                .mapToObj(i -> "a" + i + "=1,")
                .collect(Collectors.joining())
            + "b=1 USING m",
        "SELECT 1 TO TRAIN e COLUMN " + "f(a),".repeat(n / 5) + "a INTO m",
        "CREATE MODEL m OPTIONS (a=" + "[".repeat(n) + ")",
        "SET sql_mode = " + "CONCAT(".repeat(n / 7) + "; SELECT 1",
        "SET " + "a=1,".repeat(n / 4) + "sql_mode=''; SELECT 1",
        "SET sql_mode = " + "(".repeat(n / 2) + "1" + ")".repeat(n / 2),
        "SET @a = 1;".repeat(n / 11),
        "SELECT `".repeat(n / 8),
        ";".repeat(n),
        "\0".repeat(n) + " SELECT \0 TO RUN i",
        "\uD83D".repeat(n) + " TO RUN i",
        "SELECT \uDE00\uD83D TO RUN \uD83D",
        "TO ".repeat(n / 3),
        "SELECT " + "TO ".repeat(n / 3),
        "SELECT 1 " + "\n".repeat(n) + "TO RUN",
        "EXPLAIN ".repeat(n / 8) + "SELECT 1 TO RUN i",
        "INSERT INTO t VALUES " + "(1,2),".repeat(n / 6) + "(1,2)",
        "SELECT 1 TO RUN i INTO " + "`a``b`.".repeat(n / 7));
  }

  @ParameterizedTest
  @MethodSource("large")
  void parsesOrRefusesAMillionCharacters(String text) {
    assertTimeoutPreemptively(
        NO_HANG,
        () -> {
          for (SqlMode mode : List.of(SqlMode.DEFAULT, SqlMode.parse("ANSI_QUOTES"))) {
            try {
              ProgramOutline.toTree(ProgramParser.parse(text, mode));
            } catch (SqlSyntaxException e) {
              assertThat(e.position().line()).isPositive();
            }
          }
        });
  }

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
            "'".repeat(n + 1), "line 1, column 1: The string that starts here is not terminated"));
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

    assertThat(statements).isEqualTo(143 * 12);
  }

  @Test
  void parsesOrRefusesRandomTokens() {
    Random random = new Random(7);
    for (int i = 0; i < 1000; i++) {
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
    for (int i = 0; i < 1000; i++) {
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
          for (SqlMode mode : SqlMode.all()) {
            refusesAtAPlaceOrParses(text, mode);
          }
        },
        () -> "hangs: " + text);
  }

  private static void refusesAtAPlaceOrParses(String text, SqlMode mode) {
    try {
      Program program = ProgramParser.parse(text, mode);
      ProgramOutline.toText(program);
    } catch (SqlSyntaxException e) {
      List<String> lines = List.of(text.replaceFirst("^\uFEFF", "").split("\n", -1));
      int line = e.position().line();
      assertThat(line).isBetween(1, lines.size());
      String sourceLine = lines.get(line - 1);
      assertThat(e.sourceLine()).isEqualTo(sourceLine);
      assertThat(e.position().column())
          .isBetween(1, sourceLine.codePointCount(0, sourceLine.length()) + 1);
    }
    StatementWords.of(text);
    SessionState.of(text);
    SelectAnatomy.of(text, mode);
    TableAccess.of(text, mode);
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
