package org.seeql.bench.choice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seeql.bench.Report;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Experiment 4.4 of the thesis: which models answer a query, under a bound. */
@Command(
    name = "bench/experiment_4_4",
    mixinStandardHelpOptions = true,
    description = "Prints the tables of experiment 4.4 and draws its figures.")
public final class Experiment implements Callable<Integer> {
  @Option(
      names = "--models",
      required = true,
      paramLabel = "FILE",
      description = "Table B.1: index,model,latency_s,accuracy,class_ids.")
  private Path models;

  @Option(
      names = "--priors",
      paramLabel = "FILE",
      description =
          "class,images (of 5,000) in the order of COCO's ids. Default: the validation images of"
              + " COCO 2017.")
  private Path priors;

  @Option(
      names = "--figures",
      paramLabel = "FOLDER",
      description = "The folder of the figures. Default: ${DEFAULT-VALUE}")
  private Path figures = Path.of("figures");

  @Option(
      names = "--instances",
      paramLabel = "N",
      description = "Random repositories and predicates per point. Default: ${DEFAULT-VALUE}")
  private int instances = 10;

  @Option(
      names = "--execute",
      description =
          "Instead, registers the models of Table B.1 as variations of a real detector, measures"
              + " them, executes Q1 to Q4, and compares predictions with actual results.")
  private boolean execute;

  @Mixin private ExecutionOptions execution;

  private Experiment() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Experiment()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Map<String, Double> shares =
        Repository.shares(priors == null ? Repository.coco() : Files.readAllLines(priors));
    Files.createDirectories(figures);
    Report report = new Report(System.out);
    if (execute) {
      execution.run(report, figures, Repository.table(models));
      return 0;
    }
    Files.writeString(
        figures.resolve("figure_4_6.svg"), Figures.modelsByCost(Repository.table(models)).svg());
    new Queries(report, figures, Repository.thesis(models, shares)).run(shares);
    new SampledBounds(report, figures, shares).run(instances);
    new PlanningTimes(report, figures, shares).run(instances);
    new ContingentGain(report).run(10 * instances);
    return 0;
  }
}
