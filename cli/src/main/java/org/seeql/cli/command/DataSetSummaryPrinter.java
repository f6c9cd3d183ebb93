package org.seeql.cli.command;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Console;
import org.seeql.cli.console.Style;
import org.seeql.datasets.load.DataSetSummary;
import org.seeql.datasets.load.DataSetSummary.Counts;
import org.seeql.datasets.record.Problem;
import org.seeql.datasets.record.Section;

/** Prints the summary of an import: text on standard error, or JSON on standard output. */
final class DataSetSummaryPrinter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Console console;
  private final SummaryFormat format;

  DataSetSummaryPrinter(Console console, SummaryFormat format) {
    this.console = requireNonNull(console, "console is null");
    this.format = requireNonNull(format, "format is null");
  }

  void print(DataSetSummary summary) {
    if (format == SummaryFormat.JSON) {
      console.out().println(json(summary));
    } else {
      printText(summary, console.messages());
    }
  }

  private static void printText(DataSetSummary summary, Channel err) {
    boolean clean = summary.problems().isEmpty() && summary.missingFiles() == 0;
    err.println(
        err.paint(clean ? Style.GREEN : Style.YELLOW, clean ? "✓" : "!")
            + " "
            + err.paint(Style.BOLD, summary.database())
            + ": "
            + text(summary, Section.IMAGES, "image", "images")
            + "; "
            + text(summary, Section.ANNOTATIONS, "annotation", "annotations")
            + "; "
            + text(summary, Section.CATEGORIES, "category", "categories")
            + String.format(Locale.ROOT, "; %.1f s", summary.duration().toNanos() / 1e9));
    summary
        .problems()
        .forEach(
            (kind, count) ->
                err.println(
                    String.format(
                        Locale.ROOT,
                        "  skipped %,d %s %s",
                        count,
                        count == 1 ? "record" : "records",
                        kind.clause())));
    if (summary.missingFiles() > 0) {
      err.println(
          String.format(
              Locale.ROOT,
              "  %,d %s: check --images",
              summary.missingFiles(),
              summary.missingFiles() == 1
                  ? "image whose file is missing"
                  : "images whose files are missing"));
    }
    List<Problem> examples = summary.examples();
    examples.forEach(problem -> err.println(err.paint(Style.DIM, "    " + problem)));
    long all =
        summary.problems().values().stream().mapToLong(Long::longValue).sum()
            + summary.missingFiles();
    if (all > examples.size()) {
      String more =
          String.format(
              Locale.ROOT, "    … and %,d more: --report lists them", all - examples.size());
      err.println(err.paint(Style.DIM, more));
    }
  }

  private static String text(DataSetSummary summary, Section section, String one, String many) {
    Counts counts = summary.counts().get(section);
    String skipped =
        counts.skipped() == 0 ? "" : String.format(Locale.ROOT, ", %,d skipped", counts.skipped());
    return String.format(
        Locale.ROOT,
        "%,d %s added, %,d known%s",
        counts.added(),
        counts.added() == 1 ? one : many,
        counts.known(),
        skipped);
  }

  private static String json(DataSetSummary summary) {
    ObjectNode document = JSON.createObjectNode();
    document.put("database", summary.database());
    document.put("image_root", summary.root());
    summary
        .counts()
        .forEach(
            (section, counts) ->
                document
                    .putObject(section.table())
                    .put("added", counts.added())
                    .put("known", counts.known())
                    .put("skipped", counts.skipped()));
    ObjectNode problems = document.putObject("problems");
    summary.problems().forEach((kind, count) -> problems.put(kind.code(), count));
    document.put("missing_files", summary.missingFiles());
    document.put("seconds", summary.duration().toMillis() / 1000.0);
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write a JSON document", e);
    }
  }
}
