package org.seeql.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.seeql.udf.batch.CloseableIterator;
import org.seeql.udf.batch.ImageResult;
import org.seeql.udf.batch.ImageSource;
import org.seeql.udf.batch.InferencePipeline;
import org.seeql.udf.batch.PipelineOptions;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.image.ImageFile;
import org.seeql.udf.image.RegularFile;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.LoadedModel;
import org.seeql.udf.model.ModelLoader;
import org.seeql.udf.model.ModelProbe;

/**
 * Compares the batch size that a run finds automatically with every fixed batch size, without
 * Spark.
 */
final class BatchBench {
  private static final int[] FIXED = {1, 2, 4, 8, 16, 32};

  private final Setting setting;
  private final Report report;

  BatchBench(Setting setting, Report report) {
    this.setting = setting;
    this.report = report;
  }

  void run(int images) throws IOException {
    report.heading("%,d images by batch size".formatted(images), "batch size", "img/s");
    List<Path> files = setting.images(images);
    double best = 0;
    try (InferencePipeline auto = InferencePipeline.over(load(), setting.cores())) {
      rate(auto, files);
      double first = rate(auto, files);
      for (int size : FIXED) {
        try (InferencePipeline fixed =
            InferencePipeline.ofExactBatches(load(), setting.cores(), size)) {
          rate(fixed, files.subList(0, images / 4));
          double rate = rate(fixed, files);
          best = Math.max(best, rate);
          report.row(size, rate);
        }
      }
      double found = (first + rate(auto, files)) / 2;
      report.row("auto", found);
      report.row("auto / best", found / best);
    }
  }

  private LoadedModel load() {
    Engine engine = Engine.findByFileName(setting.model().toString()).orElseThrow();
    Map<Engine, Path> local = Map.of(engine, setting.model());
    return ModelLoader.load(
        ModelProbe.probe("bench", local, setting.probeOptions()), local, Device.CPU, 1);
  }

  private static double rate(InferencePipeline pipeline, List<Path> files) {
    long start = System.nanoTime();
    Iterator<File> images = files.stream().map(File::new).iterator();
    try (CloseableIterator<ImageResult<File>> results =
        pipeline.run(images, PipelineOptions.DEFAULT)) {
      while (results.hasNext()) {
        if (results.next().prediction() instanceof Prediction.Failure failure) {
          throw new IllegalStateException(failure.reason());
        }
      }
    }
    return files.size() * 1e9 / (System.nanoTime() - start);
  }

  private record File(Path path) implements ImageSource {
    @Override
    public long row() {
      return 0;
    }

    @Override
    public ImageFile open() throws IOException {
      return RegularFile.open(path, RegularFile.Guard.NONE);
    }
  }
}
