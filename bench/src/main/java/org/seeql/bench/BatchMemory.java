package org.seeql.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.seeql.bench.chart.Chart;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.evaluate.MemoryGauge;
import org.seeql.udf.evaluate.ModelTimer;
import org.seeql.udf.image.DecodedImage;
import org.seeql.udf.image.ExifRotation;
import org.seeql.udf.image.PixelReader;
import org.seeql.udf.image.UndecodableImageException;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.DeviceMemoryException;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.LoadedModel;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelLoader;
import org.seeql.udf.model.ModelProbe;

/**
 * Figure 4.3: the memory of a model by batch size. Each size is measured with a newly loaded model,
 * and every call has exactly this number of images. The tasks of a process share one model, so the
 * memory does not depend on the number of partitions.
 */
final class BatchMemory {
  private static final int[] SIZES = {1, 8, 32, 64, 128, 256};
  private static final double MEBI = 1 << 20;
  private static final Thresholds THRESHOLDS = new Thresholds(0.25, 0.45, 300);

  private final Setting setting;
  private final Report report;

  BatchMemory(Setting setting, Report report) {
    this.setting = setting;
    this.report = report;
  }

  /** Measures until a batch does not fit into the memory, and draws the figure. */
  void run(Device device, Path figures) throws IOException {
    report.heading(
        "Memory by exact batch size, on " + device,
        "batch size",
        "model loaded, MiB",
        "after the calls, MiB",
        "ms per image");
    Engine engine = Engine.findByFileName(setting.model().toString()).orElseThrow();
    Map<Engine, Path> files = Map.of(engine, setting.model());
    ModelDescription model = ModelProbe.probe("bench", files, setting.probeOptions());
    List<String> sizes = new ArrayList<>();
    for (int size : SIZES) {
      sizes.add(String.valueOf(size));
    }
    Chart chart =
        new Chart(
            "Figure 4.3: memory by batch size, on " + device,
            "MiB",
            sizes,
            List.of("model", "calls"),
            0,
            0,
            Double.POSITIVE_INFINITY);
    for (int i = 0; i < SIZES.length; i++) {
      double[] mebibytes = measure(model, files, device, SIZES[i]);
      chart.bar(i, "model", mebibytes[0]);
      chart.bar(i, "calls", mebibytes[1]);
    }
    Files.writeString(figures.resolve("figure_4_3.svg"), chart.svg());
  }

  /** The memory with the loaded model, and after the calls; infinite if a batch does not fit. */
  private double[] measure(ModelDescription model, Map<Engine, Path> files, Device device, int size)
      throws IOException {
    List<DecodedImage> images = decoded(model, size);
    MemoryGauge gauge = new MemoryGauge(device);
    gauge.settle();
    long before = gauge.bytes().orElseThrow();
    try (LoadedModel loaded = ModelLoader.load(model, files, device, setting.cores())) {
      double own = (gauge.bytes().orElseThrow() - before) / MEBI;
      try {
        ModelTimer.Times times = new ModelTimer(loaded, THRESHOLDS).time(images, size);
        double after = (gauge.bytes().orElseThrow() - before) / MEBI;
        report.row(size, own, after, (times.prepare() + times.run() + times.postprocess()) * 1000);
        return new double[] {own, after};
      } catch (DeviceMemoryException e) {
        report.row(size, own, "does not fit", "");
        return new double[] {own, Double.POSITIVE_INFINITY};
      }
    } finally {
      images.forEach(DecodedImage::close);
    }
  }

  private List<DecodedImage> decoded(ModelDescription model, int count) throws IOException {
    List<DecodedImage> images = new ArrayList<>();
    try (PixelReader reader = new PixelReader()) {
      for (Path file : setting.images(count)) {
        images.add(
            reader.read(
                Files.readAllBytes(file),
                ExifRotation.APPLY,
                Long.MAX_VALUE,
                List.of(model.input())));
      }
    } catch (UndecodableImageException e) {
      throw new IOException("Cannot decode the images of the measurement", e);
    }
    return images;
  }
}
