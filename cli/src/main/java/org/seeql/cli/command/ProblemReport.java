package org.seeql.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Style;
import org.seeql.datasets.record.Place;
import org.seeql.datasets.record.Problem;

/** Lists the problems of a data set as they are found. */
final class ProblemReport implements Consumer<Problem>, AutoCloseable {
  private static final List<String> COLUMNS =
      List.of("file", "line", "column", "kind", "record", "reason");

  private final Listing listing;
  private final AutoCloseable target;

  private interface Listing {
    void add(Problem problem) throws IOException;
  }

  private ProblemReport(Listing listing, AutoCloseable target) {
    this.listing = requireNonNull(listing, "listing is null");
    this.target = requireNonNull(target, "target is null");
  }

  static ProblemReport none() {
    return new ProblemReport(problem -> {}, () -> {});
  }

  static ProblemReport to(Channel channel) {
    return new ProblemReport(
        problem -> channel.println(channel.paint(Style.DIM, problem.toString())), () -> {});
  }

  /** A report as comma-separated values (RFC 4180). An existing file is replaced. */
  static ProblemReport in(Path file) {
    try {
      BufferedWriter writer = Files.newBufferedWriter(file, UTF_8);
      writer.write(line(COLUMNS.stream()));
      return new ProblemReport(problem -> writer.write(line(cells(problem))), writer);
    } catch (IOException e) {
      throw new CommandRefusal("Cannot write the report " + file + ": " + reason(e), e);
    }
  }

  private static String reason(IOException error) {
    return error.getClass().getSimpleName() + " " + error.getMessage();
  }

  private static Stream<String> cells(Problem problem) {
    Place place = problem.place();
    return Stream.of(
        place.file(),
        place.line() == 0 ? "" : String.valueOf(place.line()),
        place.line() == 0 ? "" : String.valueOf(place.column()),
        problem.kind().code(),
        problem.record(),
        problem.reason());
  }

  private static String line(Stream<String> cells) {
    return cells.map(ProblemReport::cell).collect(Collectors.joining(",", "", "\n"));
  }

  private static String cell(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public void accept(Problem problem) {
    try {
      listing.add(problem);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the report: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      target.close();
    } catch (Exception e) {
      throw new CommandRefusal("Cannot write the report: " + e.getMessage(), e);
    }
  }
}
