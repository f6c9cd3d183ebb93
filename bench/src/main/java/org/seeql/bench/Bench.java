package org.seeql.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.seeql.udf.model.Device;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
    BATCH_MEMORY,
    MEMORY,
    FUNCTIONS,
    PARSE,
    SQL,
    FIND,
    CASCADE,
    IMPORT
  }

  /** Measurements that need neither a model nor photos. */
  private static final Set<Measurement> WITHOUT_MODEL =
      EnumSet.of(
          Measurement.PARSE,
          Measurement.SQL,
          Measurement.FIND,
          Measurement.CASCADE,
          Measurement.IMPORT);

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MEASUREMENT", description = "${COMPLETION-CANDIDATES}", arity = "1..*")
  private Measurement[] measurements;

  @Option(
      names = "--model",
      description =
          "The file of a detector. All measurements except parse, sql, find, cascade and import "
              + "need it.")
  private Path model;

  @Option(names = "--model-options", description = "Options of CREATE MODEL, as SQL.")
  private String options = "";

  @Option(
      names = "--photos",
      description =
          "A folder of JPEG photos from which images are cut. The same measurements need it.")
  private Path photos;

  @Option(names = "--work", required = true, description = "A folder for images and databases.")
  private Path work;

  @Option(
      names = "--figures",
      paramLabel = "FOLDER",
      description = "The folder of the figures of grid and batch_memory. Default: that of --work")
  private Path figures;

  @Option(names = "--gpu", description = "batch_memory measures the first GPU. Default: the CPU")
  private boolean gpu;

  @Option(names = "--images", description = "Number of images. Default: ${DEFAULT-VALUE}")
  private int images = 3000;

  @Option(
      names = "--demo",
      description = "The demo's folder, for find and cascade. Default: ${DEFAULT-VALUE}")
  private Path demo = Path.of("demo");

  @Option(
      names = "--pictures",
      description =
          "The folder of the demo's pictures and labels, for cascade. Default: the demo's folder")
  private Optional<Path> pictures = Optional.empty();

  @Option(
      names = "--predicates",
      description = "Number of predicates, for find and cascade. Default: ${DEFAULT-VALUE}")
  private int predicates = 30;

  @Option(
      names = "--copies",
      description =
          "How often each picture is processed when find measures the time. Default: "
              + "${DEFAULT-VALUE}")
  private int copies = 5;

  @Option(
      names = "--annotations",
      description = "Number of annotations, for import. Default: ${DEFAULT-VALUE}")
  private int annotations = 200_000;

  @Option(names = "--cores", description = "Number of cores. Default: all")
  private int cores = Runtime.getRuntime().availableProcessors();

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    boolean bare = WITHOUT_MODEL.containsAll(List.of(measurements));
    if (!bare && (model == null || photos == null)) {
      throw new ParameterException(spec.commandLine(), "Missing --model=FILE or --photos=FOLDER");
    }
    Files.createDirectories(work);
    Report report = new Report(System.out);
    for (Measurement measurement : measurements) {
      measure(measurement, report);
    }
    return 0;
  }

  private void measure(Measurement measurement, Report report)
      throws IOException, InterruptedException, SQLException {
    switch (measurement) {
      case LIMIT -> new LimitBench(setting(), report).run(images, images / 4);
      case BATCH -> new BatchBench(setting(), report).run(images);
      case GRID -> new GridBench(setting(), report).run(images, figures());
      case BATCH_MEMORY -> new BatchMemory(setting(), report).run(device(), figures());
      case MEMORY -> new MemoryBench(setting(), report).run(images / 4, images / 2, images);
      case FUNCTIONS -> new FunctionsBench(setting(), report).run(images);
      case PARSE -> new ParseBench(report).run();
      case SQL -> new SqlBench(report).run();
      case FIND ->
          new FindBench(demo, work.toAbsolutePath(), cores, report).run(predicates, copies);
      case CASCADE -> {
        new CascadePlanningBench(report).run();
        CascadeBench.run(
            demo, pictures.orElse(demo), work.toAbsolutePath(), cores, report, predicates);
      }
      case IMPORT -> new ImportBench(work.toAbsolutePath(), report).run(annotations);
    }
  }

  private Path figures() throws IOException {
    Path folder = figures == null ? work : figures;
    return Files.createDirectories(folder);
  }

  private Device device() {
    return gpu ? Device.gpu(0) : Device.CPU;
  }

  private Setting setting() {
    return new Setting(model, options, photos, work.toAbsolutePath(), cores);
  }
}
