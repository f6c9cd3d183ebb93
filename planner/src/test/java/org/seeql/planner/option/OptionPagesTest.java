package org.seeql.planner.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the options in {@code docs} with {@link OptionTable}. {@code mvn test
 * -Dseeql.golden=write} rewrites the tables of {@code language.md} and its sentence on the options
 * that {@code only_new} compares. Review the difference like code. The table of {@code
 * functions.md} is written by hand.
 */
class OptionPagesTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern TABLE =
      Pattern.compile("<!-- options: (\\w+) -->\n.*?<!-- end -->", Pattern.DOTALL);

  private static final Pattern COMPARED =
      Pattern.compile(
          "The run is refused if it has other values for .*?, or another image root\\.");

  private static final String HEAD = "| option | values | default | meaning |\n|---|---|---|---|\n";

  private static final Map<String, String> TABLES =
      Map.of(
          "run", runs(),
          "evaluate", statement(OptionScope.EVALUATE),
          "explain", statement(OptionScope.EXPLAIN),
          "find", statement(OptionScope.FIND),
          "train", statement(OptionScope.TRAIN));

  @Test
  void describesTheOptionsAsTheTableDefinesThem() throws IOException {
    assertWritten(TABLE, TABLES.size(), OptionPagesTest::table);
  }

  /** Compares the parts of the page that match a pattern, or rewrites them on request. */
  private static void assertWritten(
      Pattern pattern, int parts, Function<MatchResult, String> replacement) throws IOException {
    Path file = DOCS.resolve("language.md");
    String page = Files.readString(file);

    String expected = pattern.matcher(page).replaceAll(replacement);

    if ("write".equals(System.getProperty("seeql.golden"))) {
      Files.writeString(file, expected);
      page = expected;
    }
    assertThat(pattern.matcher(page).results()).hasSize(parts);
    assertThat(page).isEqualTo(expected);
  }

  private static String table(MatchResult marked) {
    String name = marked.group(1);
    return Matcher.quoteReplacement(
        "<!-- options: " + name + " -->\n" + TABLES.get(name) + "<!-- end -->");
  }

  private static String runs() {
    StringBuilder table = new StringBuilder(HEAD);
    for (OptionDefinition<?> option : OptionTable.of(OptionScope.RUN)) {
      String mark = option.isIn(OptionScope.COMMAND_LINE) ? "" : " †";
      row(
          table,
          names(option) + mark,
          option.type().documented(),
          option.documentedDefault(),
          option.meaning(OptionScope.RUN));
    }
    return table.toString();
  }

  /** The options that other runs do not have, or that have another meaning. */
  private static String statement(OptionScope scope) {
    List<String> excluded = new ArrayList<>(OptionTable.of(OptionScope.RUN).names());
    excluded.removeAll(OptionTable.of(scope).names());
    StringBuilder table = new StringBuilder(HEAD);
    table.insert(
        0,
        "**Options.** The [run options](#run-options) are allowed, except %s. These options are different or additional:\n\n"
            .formatted(enumerated(excluded, "and")));
    for (OptionDefinition<?> option : OptionTable.of(scope)) {
      if (!option.isIn(OptionScope.RUN) || option.hasOwnMeaning(scope)) {
        row(
            table,
            names(option),
            option.type().documented(),
            option.documentedDefault(),
            option.meaning(scope));
      }
    }
    return table.toString();
  }

  @Test
  void namesTheOptionsThatOnlyNewCompares() throws IOException {
    List<String> compared =
        OptionTable.all().stream()
            .filter(option -> Arrays.stream(AnswerKind.values()).anyMatch(option::changes))
            .map(OptionDefinition::name)
            .toList();

    String sentence =
        "The run is refused if it has other values for %s, or another image root."
            .formatted(enumerated(compared, "or"));
    assertWritten(COMPARED, 1, found -> Matcher.quoteReplacement(sentence));
  }

  @Test
  void namesTheOptionsOfFunctions() throws IOException {
    String page = Files.readString(DOCS.resolve("functions.md"));
    String table = page.substring(page.indexOf("| option | functions |"));
    Set<String> named =
        table
            .substring(0, table.indexOf("\n\n"))
            .lines()
            .filter(line -> line.startsWith("| `") && !line.contains("CREATE MODEL"))
            .map(line -> line.split("\\|")[1])
            .flatMap(cell -> Stream.of(cell.split(",")))
            .map(name -> name.strip().replace("`", ""))
            .collect(Collectors.toSet());

    assertThat(named)
        .isEqualTo(
            OptionTable.all().stream()
                .filter(
                    option ->
                        option.isIn(OptionScope.DETECT_FUNCTION)
                            || option.isIn(OptionScope.CLASSIFY_FUNCTION)
                            || option.isIn(OptionScope.TAG_FUNCTION)
                            || option.isIn(OptionScope.EMBED_FUNCTION))
                .map(OptionDefinition::name)
                .collect(Collectors.toSet()));
  }

  private static String enumerated(List<String> names, String conjunction) {
    List<String> quoted = names.stream().map(name -> "`" + name + "`").toList();
    int last = quoted.size() - 1;
    return String.join(", ", quoted.subList(0, last)) + " " + conjunction + " " + quoted.get(last);
  }

  private static String names(OptionDefinition<?> option) {
    StringBuilder names = new StringBuilder("`" + option.name() + "`");
    option.aliases().forEach(alias -> names.append(" (or `").append(alias).append("`)"));
    return names.toString();
  }

  private static void row(StringBuilder table, String... cells) {
    table.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
