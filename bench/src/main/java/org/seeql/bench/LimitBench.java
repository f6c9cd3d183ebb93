package org.seeql.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.LoadedModel;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelLoader;
import org.seeql.udf.model.ModelProbe;

/**
 * Compares a whole run with the sum of its parts on the same cores: 1 / (1/decoding + 1/model). The
 * parts are measured before and after the run, because the speed of a machine changes over time.
 */
final class LimitBench {
  private static final int[] BATCHES = {1, 4, 8};
  private static final int DECODED = 1000;

  private final Setting setting;
  private final Report report;

  LimitBench(Setting setting, Report report) {
    this.setting = setting;
    this.report = report;
  }

  void run(int images, int callsOfTheModel) throws IOException, InterruptedException {
    report.heading(
        "A run of %,d images and the sum of its parts".formatted(images),
        "what",
        "img/s",
        "of the sum of the parts");
    Parts before = parts(callsOfTheModel);
    RunSummary summary;
    double steady;
    try (BenchSession session = setting.session(images)) {
      summary =
          session.run(
              "SELECT * FROM bench.images TO RUN bench CMD %s INTO bench.found"
                  .formatted(setting.command()));
      steady = session.steadyRate();
    }
    Parts after = parts(callsOfTheModel);
    double decoding = (before.decoding() + after.decoding()) / 2;
    double model = (before.model() + after.model()) / 2;
    double limit = 1 / (1 / decoding + 1 / model);
    report.row("decoding and letterboxing alone", decoding, "");
    report.row("model alone, best batch", model, "");
    report.row("sum of the parts", limit, 1.0);
    report.row(
        "the run, from its first task to its last commit",
        summary.imagesPerSecond(),
        summary.imagesPerSecond() / limit);
    report.row("the run, after its first 1,000 images", steady, steady / limit);
    report.row("the same, relative to the model alone", steady, steady / model);
  }

  private record Parts(double decoding, double model) {}

  private Parts parts(int callsOfTheModel) throws IOException, InterruptedException {
    List<Path> files = setting.images(DECODED);
    Engine engine = Engine.findByFileName(setting.model().toString()).orElseThrow();
    Map<Engine, Path> local = Map.of(engine, setting.model());
    ModelDescription description = ModelProbe.probe("bench", local, setting.probeOptions());
    try (LoadedModel model = ModelLoader.load(description, local, Device.CPU, 1)) {
      PartsBench parts = new PartsBench(model, setting.cores());
      parts.model(1, callsOfTheModel / 4);
      double[] rates = new double[BATCHES.length];
      for (int i = 0; i < BATCHES.length; i++) {
        rates[i] = parts.model(BATCHES[i], callsOfTheModel);
      }
      parts.decoding(files.subList(0, DECODED / 4));
      return new Parts(parts.decoding(files), DoubleStream.of(rates).max().orElseThrow());
    }
  }
}
