package org.seeql.chaos.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.seeql.chaos.Count;
import org.seeql.chaos.Scenario;
import org.seeql.chaos.SeeqlProcess.Outcome;
import org.seeql.chaos.Tally;
import org.seeql.chaos.Unit;
import org.seeql.chaos.Workplace;
import org.seeql.database.jdbc.DatabaseSession;

/**
 * Hostile labels and names of files, folders, tables, columns and models. The result must contain
 * them unchanged, or the statement must be refused.
 */
final class HostileNames implements Scenario {
  private static final int FILES = 12;
  private static final int CLASSES = 6;
  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_FILE_NAME = 200;

  private final Workplace place;
  private final List<Path> pictures;

  HostileNames(Workplace place) throws IOException {
    this.place = place;
    try (Stream<Path> files = Files.list(place.demo().resolve("images/show"))) {
      this.pictures = files.sorted(Comparator.naturalOrder()).limit(FILES).toList();
    }
  }

  @Override
  public String name() {
    return "hostile-names";
  }

  @Override
  public Unit unit() {
    return Unit.NAME;
  }

  @Override
  public void trial(Random random, int number, int max, Tally tally) throws Exception {
    Path folder =
        place.folder().resolve("names-" + number).resolve(HostileText.ofFile(random, 100));
    Files.createDirectories(folder);
    Set<String> files = new HashSet<>();
    for (Path picture : pictures) {
      String file = HostileText.ofFile(random, LONGEST_FILE_NAME);
      Files.write(folder.resolve(file), Files.readAllBytes(picture));
      files.add(file);
    }
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < CLASSES; i++) {
      labels.add(HostileText.of(random, 250) + i);
    }
    Path labelFile = folder.resolveSibling("labels.txt");
    Files.write(labelFile, String.join("\n", labels).getBytes(UTF_8));
    tally.add(Count.DISTURBANCES, 1);
    String images = HostileText.asName(HostileText.ofName(random, LONGEST_NAME) + number);
    String results = HostileText.asName(HostileText.ofName(random, LONGEST_NAME) + number);
    String model = HostileText.ofName(random, LONGEST_NAME) + number;
    String pathColumn = HostileText.ofName(random, LONGEST_NAME);
    ClassificationStatement.register(place, "names_" + number, List.copyOf(files));
    place.execute(
        "CREATE TABLE main.%s AS SELECT image_id, file_name AS %s FROM names_%d"
            .formatted(images, HostileText.asName(pathColumn), number));
    String sql =
        "CREATE MODEL %s OPTIONS (uri = %s, layout = 'classification', normalization = 'none', labels = %s);"
                .formatted(
                    HostileText.asName(model),
                    HostileText.quoted(place.demo() + "/models/places.onnx"),
                    HostileText.quoted(labelFile.toString()))
            + "SELECT * FROM main.%s TO RUN x CMD 'classify', %s, %s, %s, '--mode=error' INTO main.%s"
                .formatted(
                    images,
                    HostileText.quoted("--model=" + model),
                    HostileText.quoted("--path_column=" + pathColumn),
                    HostileText.quoted("--image_dir=" + folder),
                    results);
    Optional<Outcome> outcome = place.start("-e", sql).await(Workplace.HANG);
    String trial = "trial " + number;
    if (outcome.isEmpty()) {
      tally.addDefect(Count.HANGS, 1, trial);
      return;
    }
    checkEscapes(outcome.get(), trial, tally);
    if (outcome.get().isSuccess()) {
      compare(files, Set.copyOf(labels), results, trial, tally);
    } else if (outcome.get().exitCode() == 1) {
      tally.addDefect(Count.OTHER, 1, trial + " is refused, " + outcome.get().summary());
    } else {
      tally.addDefect(
          outcome.get().isCrash() ? Count.CRASHES : Count.OTHER,
          1,
          trial + ", " + outcome.get().summary());
    }
  }

  /** Output to a file has no colours, so every escape sequence comes from a name or a label. */
  private static void checkEscapes(Outcome outcome, String trial, Tally tally) {
    boolean raw = outcome.output().chars().anyMatch(c -> c == 0x1b || c == 0x9b || c == 0x07);
    tally.addDefect(Count.OTHER, raw ? 1 : 0, trial + ": a raw escape sequence in a message");
  }

  private void compare(
      Set<String> files, Set<String> labels, String results, String trial, Tally tally)
      throws Exception {
    try (DatabaseSession session = place.session()) {
      List<String> found =
          session.query("SELECT file_name FROM main." + results, row -> row.getString(1));
      tally.addDefect(
          Count.LOST, files.stream().filter(f -> !found.contains(f)).count(), trial + ", files");
      tally.addDefect(Count.DUPLICATED, found.size() - new HashSet<>(found).size(), trial);
      List<String> foundLabels =
          session.query("SELECT DISTINCT label FROM main." + results, row -> row.getString(1));
      tally.addDefect(
          Count.OTHER,
          foundLabels.stream().filter(l -> !labels.contains(l)).count(),
          trial + ": changed labels");
    }
  }
}
