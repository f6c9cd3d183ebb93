package org.seeql.chaos.kill;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.seeql.chaos.Count;
import org.seeql.chaos.SeeqlProcess;
import org.seeql.chaos.Tally;
import org.seeql.chaos.Workplace;

/**
 * Kills executors with SIGKILL. A standalone cluster inside the driver's JVM starts each as a JVM.
 */
final class ExecutorKill extends KillScenario {
  private static final int MAX_PER_TRIAL = 6;
  private static final Duration POLL = Duration.ofMillis(50);

  private final Path spark;

  private ExecutorKill(DetectionStatement detection, Path spark) {
    super("executor", detection);
    this.spark = spark;
  }

  static ExecutorKill prepare(DetectionStatement detection) throws IOException {
    return new ExecutorKill(detection, sparkHome(detection.place()));
  }

  /** A Spark home for the executors' class path, with links to the jars of the command line. */
  private static Path sparkHome(Workplace place) throws IOException {
    Path home = place.folder().resolve("spark");
    Path jars = Files.createDirectories(home.resolve("jars"));
    Path cli = place.root().resolve("cli/target");
    String classPath = Files.readString(cli.resolve("dependencies.classpath")).strip();
    int number = 0;
    for (String jar : classPath.split(File.pathSeparator, -1)) {
      Files.createSymbolicLink(
          jars.resolve("%03d-%s".formatted(number++, Path.of(jar).getFileName())), Path.of(jar));
    }
    return home;
  }

  @Override
  public void trial(Random random, int number, int max, Tally tally) throws Exception {
    Ending ending = new Ending(detection(), tally);
    Mode mode = Mode.random(random);
    DisturbedRun run =
        detection()
            .run(
                "executor-" + number,
                mode,
                "--master=local-cluster[2,1,700]",
                "--conf=spark.executor.memory=600m",
                "--conf=spark.executor.cores=1");
    SeeqlProcess process =
        detection()
            .place()
            .start(
                Map.of("SPARK_HOME", spark.toString(), "SPARK_SCALA_VERSION", "2.13"),
                detection().command(run));
    int kills = 1 + random.nextInt(Math.min(MAX_PER_TRIAL, max));
    while (kills > 0 && process.isAlive()) {
      List<ProcessHandle> executors = process.executors();
      if (executors.isEmpty()) {
        Thread.sleep(POLL.toMillis());
        continue;
      }
      Thread.sleep(random.nextInt((int) detection().duration().toMillis()));
      ProcessHandle executor = executors.get(random.nextInt(executors.size()));
      if (process.isAlive() && executor.isAlive() && executor.destroyForcibly()) {
        tally.add(Count.DISTURBANCES, 1);
        kills--;
      }
    }
    ending.await(run, process);
    // resume without executor processes
    if (ending.finish(run.plain())) {
      ending.compareAndClean(run);
    }
  }
}
