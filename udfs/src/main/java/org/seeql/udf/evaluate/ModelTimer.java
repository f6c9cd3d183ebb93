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
import org.seeql.udf.layout.EmbeddingDecoder;
import org.seeql.udf.layout.EmbeddingLayout;
import org.seeql.udf.layout.ModelOutputs;
import org.seeql.udf.layout.OutputLayout;
import org.seeql.udf.layout.TagDecoder;
import org.seeql.udf.layout.TaggingLayout;
import org.seeql.udf.model.LoadedModel;
import org.seeql.udf.model.ModelDescription;

/**
 * Measures the time of a model alone: consecutive calls from one thread on decoded images. The
 * optimizer uses the time per call as cost, in milliseconds of work per image. A run on several
 * cores makes several calls concurrently.
 *
 * <p>On a CPU, the processor time of the thread is measured, so the model must use only that
 * thread. On an idle machine it equals the elapsed time, and other load affects it little. On a
 * GPU, elapsed time is measured. A model with a latency takes at least this time per image, as in a
 * run. Not thread-safe.
 */
public final class ModelTimer {
  /** The first calls of a size allocate memory, and on a GPU select algorithms. */
  private static final int WARM_UP_CALLS = 3;

  private static final int MIN_CALLS = 7;
  private static final int MAX_CALLS = 200;
  private static final long MIN_NANOS = 700_000_000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final LoadedModel model;
  private final Reading reading;
  private final LongSupplier clock;

  private interface Reading {
    void read(ModelOutputs outputs, int image, Letterbox letterbox);
  }

  /**
   * The time of each part of a call per image, in seconds; each is the median over the calls.
   *
   * @param prepare resizing, padding and scaling the pixels into the model's input
   * @param run of the model: from the input in memory to the output in memory; at least the latency
   *     of its variation
   * @param postprocess from the output to detections after non-maximum suppression, or to classes
   */
  public record Times(double prepare, double run, double postprocess, int calls) {}

  /**
   * A timer for a model.
   *
   * @param model owned by the caller; on a CPU loaded for one thread per call
   * @param thresholds of the detections that are decoded
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
                        layout
                            .decoder(
                                description.labels(), description.input(), description.activation())
                            .boxesOnly();
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

                  @Override
                  public Reading tagger(TaggingLayout layout) {
                    TagDecoder decoder =
                        layout.decoder(description.labels(), description.activation());
                    return (outputs, i, letterbox) ->
                        decoder.decode(outputs, i, thresholds.confidence());
                  }

                  @Override
                  public Reading embedder(EmbeddingLayout layout) {
                    EmbeddingDecoder decoder = layout.decoder();
                    return (outputs, i, letterbox) -> decoder.decode(outputs, i);
                  }
                });
  }

  /**
   * Times batches of one size: at least 7 calls, and more until 0.7 seconds have elapsed.
   *
   * @param images used in turn; at least one
   * @param batchSize the model's own size if it accepts only one
   * @throws org.seeql.udf.model.DeviceMemoryException if the device does not have enough memory
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
      for (int call = -WARM_UP_CALLS; needsMoreCalls(call, start); call++) {
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

  private static boolean needsMoreCalls(int calls, long start) {
    return calls < MIN_CALLS || (calls < MAX_CALLS && System.nanoTime() - start < MIN_NANOS);
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
      // a run waits for the latency, which uses no processor time
      long least = model.description().variation().latency().toNanos() * size;
      return new long[] {
        prepared - start, Math.max(run - prepared, least), clock.getAsLong() - run
      };
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
