package org.seeql.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.seeql.chaos.input.Inputs;
import org.seeql.chaos.kill.Kills;
import org.seeql.chaos.model.MutatedModels;
import org.seeql.database.embedded.ServerKind;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Disturbs SeeQL and counts defects; see {@code chaos/README.md}. */
@Command(
    name = "chaos/run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Kills drivers, executors, servers and connections, and tests damaged images, hostile names"
          + " and mutated models. Prints a table of counts. The exit code is 1 if a count that must be"
          + " 0 is not 0.",
      "Without --minutes, --long and numbers, it runs for five minutes."
    })
public final class Chaos implements Callable<Integer> {
  @Option(
      names = "--minutes",
      description =
          "Time limit. Without an amount, all scenarios run in turns until it is reached.")
  private Integer minutes;

  @Option(
      names = "--long",
      description =
          "100 kills of each kind, 50,000 damaged images, 5,000 models, 100 sets of hostile names,"
              + " 200 large files.")
  private boolean longRun;

  @Option(names = "--kills", description = "Number of kills of each kind.")
  private Integer kills;

  @Option(names = "--images", description = "Number of damaged images.")
  private Integer images;

  @Option(names = "--models", description = "Number of mutated models.")
  private Integer models;

  @Option(names = "--names", description = "Number of sets of hostile names.")
  private Integer names;

  @Option(names = "--large-files", description = "Number of files of 1 to 500 MiB.")
  private Integer largeFiles;

  @Option(
      names = "--scenarios",
      split = ",",
      description = "Scenarios to run: ${COMPLETION-CANDIDATES}. Default: all.",
      completionCandidates = ScenarioNames.class)
  private List<String> only = List.of();

  @Option(
      names = "--database",
      description = "Database server: ${COMPLETION-CANDIDATES}. Default: mariadb.")
  private ServerKind kind = ServerKind.MARIADB;

  @Option(names = "--seed", description = "Repeats the choices of an earlier run.")
  private Long seed;

  @Option(
      names = "--lease",
      description =
          "Seconds after which another driver can take over the run of a driver that has ended."
              + " Sets SEEQL_LEASE_SECONDS for all commands. Default: ${DEFAULT-VALUE}.")
  private int leaseSeconds = 15;

  @Option(
      names = "--work",
      description = "Folder for files, output and the database. Default: a temporary folder.")
  private Path work;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Chaos()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    long began = System.nanoTime();
    long chosenSeed = seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
    Path folder = work == null ? Files.createTempDirectory("seeql-chaos-") : work.toAbsolutePath();
    out.printf("seed %d, %s, files in %s%n", chosenSeed, kind, folder);
    FigureTable figures = new FigureTable(out);
    Path root = Path.of(System.getProperty("seeql.chaos.root", "."));
    try (Workplace place = Workplace.open(root, folder, kind, Duration.ofSeconds(leaseSeconds))) {
      List<Scenario> scenarios = scenarios(place);
      // if the time does not suffice for all scenarios, different ones are left out in each run
      Collections.shuffle(scenarios, new Random(chosenSeed));
      try {
        new Suite(amounts(), chosenSeed, figures, out, began).run(scenarios);
      } finally {
        scenarios.forEach(Scenario::close);
        figures.print();
        out.printf("%n%d s%n", (System.nanoTime() - began) / 1_000_000_000);
      }
    }
    if (figures.hasDefects()) {
      out.println("Defects were found. The outputs of all commands are in " + folder);
      return 1;
    }
    if (work == null) {
      delete(folder);
    }
    return 0;
  }

  private List<Scenario> scenarios(Workplace place) throws Exception {
    List<Scenario> all = new ArrayList<>();
    if (isSelected(ScenarioNames.KILLS)) {
      all.addAll(Kills.prepare(place));
    }
    if (isSelected(ScenarioNames.INPUTS)) {
      all.addAll(Inputs.prepare(place));
    }
    if (isSelected(ScenarioNames.MODELS)) {
      all.add(MutatedModels.prepare(place));
    }
    all.removeIf(s -> !only.isEmpty() && !only.contains(s.name()));
    return all;
  }

  private boolean isSelected(List<String> scenarios) {
    return only.isEmpty() || scenarios.stream().anyMatch(only::contains);
  }

  private Amounts amounts() {
    Map<Unit, Integer> limits = new EnumMap<>(Unit.class);
    if (longRun) {
      for (Unit unit : Unit.values()) {
        limits.put(unit, unit.ofLongRun());
      }
    }
    put(Unit.KILL, kills, limits);
    put(Unit.IMAGE, images, limits);
    put(Unit.MODEL, models, limits);
    put(Unit.NAME, names, limits);
    put(Unit.LARGE_FILE, largeFiles, limits);
    if (limits.isEmpty()) {
      return Amounts.within(Duration.ofMinutes(minutes == null ? 5 : minutes));
    }
    return new Amounts(limits, Optional.ofNullable(minutes).map(Duration::ofMinutes));
  }

  private static void put(Unit unit, Integer number, Map<Unit, Integer> limits) {
    if (number != null) {
      limits.put(unit, number);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
