package org.seeql.udf.evaluate;

import static java.util.Objects.requireNonNull;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.DecodedImage;
import org.seeql.udf.image.InputBuffer;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Letterbox;
import org.seeql.udf.image.PixelWriter;
import org.seeql.udf.layout.ClassificationDecoder;
import org.seeql.udf.layout.ClassificationLayout;
import org.seeql.udf.layout.DetectionDecoder;
import org.seeql.udf.layout.DetectorLayout;
import org.seeql.udf.layout.ModelOutputs;
import org.seeql.udf.layout.OutputLayout;
import org.seeql.udf.model.LoadedModel;
import org.seeql.udf.model.ModelDescription;

/**
 * Times a model by itself: one call after another from one thread, on images that are decoded
 * already. What a call takes is what the choice of models reckons with, milliseconds of work an
 * image; a run on several cores does several calls at once.
 *
 * <p>On a CPU it is the processor's time of the thread, in which the model must run alone: on an
 * idle machine that is the time that passes, and on a busy one others hardly touch it. On a GPU it
 * is the time that passes. Not thread-safe.
 */
public final class ModelTimer {
  /** The first calls of a size allocate, and on a GPU choose their algorithms. */
  private static final int WARM_UP_CALLS = 3;

  private static final int LEAST_CALLS = 7;
  private static final int MOST_CALLS = 200;
  private static final long LEAST_NANOS = 700_000_000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final LoadedModel model;
  private final Reading reading;
  private final LongSupplier clock;

  private interface Reading {
    void read(ModelOutputs outputs, int image, Letterbox letterbox);
  }

  /**
   * What a call takes an image, in seconds, by its parts; each is the median over the calls.
   *
   * @param prepare resizing, padding and scaling the pixels into the model's input
   * @param run of the model: from the input in memory to the output in memory
   * @param postprocess from the output to detections after non-maximum suppression, or to classes
   */
  public record Times(double prepare, double run, double postprocess, int calls) {}

  /**
   * A timer.
   *
   * @param model which stays the caller's; on a CPU loaded for one thread a call
   * @param thresholds of the detections that are read
   */
  public ModelTimer(LoadedModel model, Thresholds thresholds) {
    this.model = requireNonNull(model, "model is null");
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    this.clock =
        model.device().isGpu() || !threads.isCurrentThreadCpuTimeSupported()
            ? System::nanoTime
            : threads::getCurrentThreadCpuTime;
    ModelDescription description = model.description();
    this.reading =
        description
            .layout()
            .accept(
                new OutputLayout.Visitor<>() {
                  @Override
                  public Reading detector(DetectorLayout layout) {
                    DetectionDecoder decoder =
                        layout.decoder(description.labels(), description.input());
                    return (outputs, i, letterbox) ->
                        decoder.decode(outputs, i, letterbox, thresholds);
                  }

                  @Override
                  public Reading classifier(ClassificationLayout layout) {
                    ClassificationDecoder decoder =
                        layout.decoder(description.labels(), description.activation());
                    return (outputs, i, letterbox) ->
                        decoder.decode(outputs, i, description.labels().size());
                  }
                });
  }

  /**
   * Times batches of one size: at least 7 calls, and more until 0.7 seconds have gone by.
   *
   * @param images taken in turn; at least one
   * @param batchSize the model's own where it takes one size only
   * @throws org.seeql.udf.model.DeviceMemoryException if the device has not the memory for it
   */
  public Times time(List<DecodedImage> images, int batchSize) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("images is empty");
    }
    InputFormat format = model.description().input();
    List<long[]> calls = new ArrayList<>();
    try (InputBuffer buffer = new InputBuffer(format, batchSize);
        PixelWriter writer = new PixelWriter(format)) {
      int next = 0;
      long start = 0;
      for (int call = -WARM_UP_CALLS; goesOn(call, start); call++) {
        if (call == 0) {
          start = System.nanoTime();
        }
        long[] nanos = call(images, next, batchSize, buffer, writer);
        next = (next + batchSize) % images.size();
        if (call >= 0) {
          calls.add(nanos);
        }
      }
    }
    return new Times(
        median(calls, 0, batchSize),
        median(calls, 1, batchSize),
        median(calls, 2, batchSize),
        calls.size());
  }

  private static boolean goesOn(int calls, long start) {
    return calls < LEAST_CALLS || (calls < MOST_CALLS && System.nanoTime() - start < LEAST_NANOS);
  }

  private long[] call(
      List<DecodedImage> images, int first, int size, InputBuffer buffer, PixelWriter writer) {
    Letterbox[] letterboxes = new Letterbox[size];
    long start = clock.getAsLong();
    for (int i = 0; i < size; i++) {
      letterboxes[i] = writer.write(images.get((first + i) % images.size()), buffer, i);
    }
    long prepared = clock.getAsLong();
    try (ModelOutputs outputs = model.run(buffer.bytes(), size)) {
      long run = clock.getAsLong();
      for (int i = 0; i < size; i++) {
        reading.read(outputs, i, letterboxes[i]);
      }
      return new long[] {prepared - start, run - prepared, clock.getAsLong() - run};
    }
  }

  private static double median(List<long[]> calls, int part, int batchSize) {
    long[] sorted = calls.stream().mapToLong(nanos -> nanos[part]).sorted().toArray();
    return Arrays.stream(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1)
            .average()
            .orElseThrow()
        / batchSize
        / NANOS_PER_SECOND;
  }
}
