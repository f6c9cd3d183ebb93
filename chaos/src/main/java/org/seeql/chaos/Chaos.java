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
      "Kills drivers, executors, servers and connections, and feeds damaged images, hostile names"
          + " and mutated models. Prints a table of figures; the exit code is 1 when one that must"
          + " be 0 is not.",
      "Without --minutes, --long and the numbers: five minutes."
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

  @Option(names = "--kills", description = "Of each kind.")
  private Integer kills;

  @Option(names = "--images", description = "Damaged images.")
  private Integer images;

  @Option(names = "--models", description = "Mutated models.")
  private Integer models;

  @Option(names = "--names", description = "Sets of hostile names.")
  private Integer names;

  @Option(names = "--large-files", description = "Files of 1 to 500 MiB.")
  private Integer largeFiles;

  @Option(
      names = "--scenarios",
      split = ",",
      description = "Only these: ${COMPLETION-CANDIDATES}. Default: all.",
      completionCandidates = ScenarioNames.class)
  private List<String> only = List.of();

  @Option(names = "--database", description = "${COMPLETION-CANDIDATES}. Default: mariadb.")
  private ServerKind kind = ServerKind.MARIADB;

  @Option(names = "--seed", description = "Repeats the choices of an earlier run.")
  private Long seed;

  @Option(
      names = "--lease",
      description =
          "Seconds after which the run of a driver that is gone can be taken over: the"
              + " SEEQL_LEASE_SECONDS of all commands. Default: ${DEFAULT-VALUE}.")
  private int leaseSeconds = 15;

  @Option(
      names = "--work",
      description = "Folder for files, output and the database. Default: a temporary one.")
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
    Figures figures = new Figures(out);
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
    if (isWanted(ScenarioNames.KILLS)) {
      all.addAll(Kills.prepare(place));
    }
    if (isWanted(ScenarioNames.INPUTS)) {
      all.addAll(Inputs.prepare(place));
    }
    if (isWanted(ScenarioNames.MODELS)) {
      all.add(MutatedModels.prepare(place));
    }
    all.removeIf(s -> !only.isEmpty() && !only.contains(s.name()));
    return all;
  }

  private boolean isWanted(List<String> scenarios) {
    return only.isEmpty() || scenarios.stream().anyMatch(only::contains);
  }

  private Amounts amounts() {
    Map<Unit, Integer> wanted = new EnumMap<>(Unit.class);
    if (longRun) {
      for (Unit unit : Unit.values()) {
        wanted.put(unit, unit.ofLongRun());
      }
    }
    put(Unit.KILL, kills, wanted);
    put(Unit.IMAGE, images, wanted);
    put(Unit.MODEL, models, wanted);
    put(Unit.NAME, names, wanted);
    put(Unit.LARGE_FILE, largeFiles, wanted);
    if (wanted.isEmpty()) {
      return Amounts.within(Duration.ofMinutes(minutes == null ? 5 : minutes));
    }
    return new Amounts(wanted, Optional.ofNullable(minutes).map(Duration::ofMinutes));
  }

  private static void put(Unit unit, Integer number, Map<Unit, Integer> wanted) {
    if (number != null) {
      wanted.put(unit, number);
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
