package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.seeql.job.inference.Devices;
import org.seeql.job.inference.ImageRoot;
import org.seeql.job.model.ModelCache;
import org.seeql.planner.option.DeviceChoice;
import org.seeql.udf.batch.PipelineOptions;
import org.seeql.udf.evaluate.MemoryGauge;
import org.seeql.udf.evaluate.ModelTimer;
import org.seeql.udf.image.DecodedImage;
import org.seeql.udf.image.PixelReader;
import org.seeql.udf.image.UndecodableImageException;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.DeviceMemoryException;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.LoadedModel;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelLoader;

/**
 * Loads a model again, in isolation, and times it where runs infer: as a Spark task after the run's
 * own tasks. One thread makes one call at a time; on a CPU each call uses one thread. Memory is the
 * increase from before the model is loaded to after the calls. The decoded images are in memory at
 * both times.
 */
final class TimingTask implements FlatMapFunction<Iterator<Integer>, ModelTiming> {
  private static final long serialVersionUID = 1L;
  private static final int THREADS_PER_CALL = 1;

  private final Settings work;

  /**
   * The settings of the measurement.
   *
   * @param paths paths of images, below the root; images that cannot be decoded are left out
   * @param options those of the run; their batch size does not apply
   */
  record Settings(
      ModelDescription model,
      String modelCache,
      DeviceChoice device,
      String imageRoot,
      List<String> paths,
      PipelineOptions options)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    Settings {
      paths = List.copyOf(new ArrayList<>(paths));
    }
  }

  TimingTask(Settings work) {
    this.work = requireNonNull(work, "work is null");
  }

  @Override
  public Iterator<ModelTiming> call(Iterator<Integer> batchSizes) throws IOException {
    List<Integer> sizes = new ArrayList<>();
    batchSizes.forEachRemaining(sizes::add);
    return time(sizes).iterator();
  }

  private List<ModelTiming> time(List<Integer> batchSizes) throws IOException {
    Device device = Devices.choose(work.device(), TaskContext.get());
    Map<Engine, Path> files = new ModelCache(Path.of(work.modelCache())).files(work.model());
    List<DecodedImage> images = decode();
    try {
      return images.isEmpty() ? List.of() : time(batchSizes, device, files, images);
    } finally {
      images.forEach(DecodedImage::close);
    }
  }

  private List<ModelTiming> time(
      List<Integer> batchSizes, Device device, Map<Engine, Path> files, List<DecodedImage> images) {
    MemoryGauge gauge = new MemoryGauge(device);
    gauge.settle();
    long before = gauge.bytes().orElse(-1);
    long most = before;
    List<ModelTiming> timings = new ArrayList<>();
    long start = System.nanoTime();
    try (LoadedModel model = ModelLoader.load(work.model(), files, device, THREADS_PER_CALL)) {
      double loadSeconds = (System.nanoTime() - start) / 1e9;
      ModelTimer timer = new ModelTimer(model, work.options().thresholds());
      for (int size : batchSizes) {
        ModelTimer.Times times = timer.time(images, size);
        most = Math.max(most, gauge.bytes().orElse(-1));
        timings.add(
            new ModelTiming(
                device.toString(),
                model.engine().toString(),
                size,
                times.prepare(),
                times.run(),
                times.postprocess(),
                times.calls(),
                loadSeconds,
                before < 0 ? -1 : most - before));
      }
    } catch (DeviceMemoryException e) {
      // This batch does not fit into memory; the smaller ones did
      if (timings.isEmpty()) {
        throw e;
      }
    }
    return timings;
  }

  private List<DecodedImage> decode() throws IOException {
    ImageRoot root = ImageRoot.open(work.imageRoot());
    List<DecodedImage> images = new ArrayList<>();
    try (PixelReader reader = new PixelReader()) {
      for (String path : work.paths()) {
        try {
          images.add(
              reader.read(
                  root.read(path),
                  work.options().exifRotation(),
                  work.options().maxPixels(),
                  List.of(work.model().input())));
        } catch (IOException | UndecodableImageException e) {
          // already counted among the run's failures
        }
      }
    }
    return images;
  }
}
