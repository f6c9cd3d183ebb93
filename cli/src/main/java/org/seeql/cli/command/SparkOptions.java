package org.seeql.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where inference runs. */
final class SparkOptions {
  @Option(
      names = "--master",
      paramLabel = "MASTER",
      description =
          "Spark's master. Default: the one that spark-submit was given, else local[*]: all cores of"
              + " this machine.")
  private String master;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A setting of Spark's, as spark-submit takes it. May be given several times.")
  private Map<String, String> settings = new LinkedHashMap<>();

  LocalSpark spark() {
    return new LocalSpark(
        master == null ? System.getProperty("spark.master", "local[*]") : master, settings);
  }
}
