package org.seeql.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures speed and memory; see {@code bench/README.md}. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    description = "Measures SeeQL's speed and memory as ratios within one run.")
public final class Bench implements Callable<Integer> {
  private enum Measurement {
    LIMIT,
    BATCH,
    GRID,
    MEMORY
  }

  @Parameters(paramLabel = "MEASUREMENT", description = "${COMPLETION-CANDIDATES}", arity = "1..*")
  private Measurement[] measurements;

  @Option(names = "--model", required = true, description = "A detector's file.")
  private Path model;

  @Option(names = "--model-options", description = "Options of CREATE MODEL, as SQL.")
  private String options = "";

  @Option(names = "--photos", required = true, description = "A folder of JPEG photos to cut up.")
  private Path photos;

  @Option(names = "--work", required = true, description = "A folder for images and databases.")
  private Path work;

  @Option(names = "--images", description = "How many. Default: ${DEFAULT-VALUE}")
  private int images = 3000;

  @Option(names = "--cores", description = "How many. Default: all")
  private int cores = Runtime.getRuntime().availableProcessors();

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Files.createDirectories(work);
    Setting setting = new Setting(model, options, photos, work.toAbsolutePath(), cores);
    Report report = new Report(System.out);
    for (Measurement measurement : measurements) {
      switch (measurement) {
        case LIMIT -> new LimitBench(setting, report).run(images, images / 4);
        case BATCH -> new BatchBench(setting, report).run(images);
        case GRID -> new GridBench(setting, report).run(images);
        case MEMORY -> new MemoryBench(setting, report).run(images / 4, images / 2, images);
      }
    }
    return 0;
  }
}
