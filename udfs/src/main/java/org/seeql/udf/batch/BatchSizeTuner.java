package org.seeql.udf.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.model.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the batch size with the least time per image. It tries 1, 2, 4 and so on in the first
 * calls, and stops when larger sizes are no faster. Thread-safe.
 */
final class BatchSizeTuner {
  private static final Logger LOG = LoggerFactory.getLogger(BatchSizeTuner.class);

  /** The first calls of a size allocate memory and are not representative. */
  private static final int WARM_UP_CALLS = 2;

  private static final int MIN_CALLS = 5;
  private static final int MAX_CALLS = 100;
  private static final long MIN_NANOS = 200_000_000;

  /** A larger batch has to be at least 2% faster to justify its memory and latency. */
  private static final double GAIN_RATIO = 0.98;

  /** Maximum sizes to try: no device known to us gains from larger ones. */
  private static final int MAX_ON_CPU = 32;

  private static final int MAX_ON_GPU = 256;
  private static final long MAX_BUFFER_BYTES = 1L << 30;

  private static final double TOO_SLOW_RATIO = 1.15;
  private static final int MAX_SIZES_WITHOUT_GAIN = 2;

  private final NavigableMap<Integer, Double> nanosPerImage = new TreeMap<>();
  private final List<Long> calls = new ArrayList<>();
  private int limit;
  private int candidate = 1;
  private int best = 1;
  private int sizesWithoutGain;
  private boolean finished;
  private boolean fixed;
  private int memoryLimit = Integer.MAX_VALUE;

  /** A tuner for sizes up to a limit. */
  BatchSizeTuner(int limit) {
    this.limit = limit;
  }

  /** A tuner for a model's input on a device. */
  static BatchSizeTuner of(InputFormat input, Device device) {
    if (input.fixedBatch().isPresent()) {
      return of(input.fixedBatch().getAsInt());
    }
    long fitting = Math.max(1, MAX_BUFFER_BYTES / input.bytesPerImage());
    int max = device.isGpu() ? MAX_ON_GPU : MAX_ON_CPU;
    return new BatchSizeTuner((int) Math.min(max, fitting));
  }

  /** A tuner with a fixed size, for a model that accepts no other. */
  static BatchSizeTuner of(int size) {
    BatchSizeTuner tuner = new BatchSizeTuner(size);
    tuner.best = size;
    tuner.finished = true;
    tuner.fixed = true;
    return tuner;
  }

  /** The number of images for the next call, at most {@code max}. */
  synchronized int next(int max) {
    int allowed = Math.min(max, limit);
    if (!finished && candidate <= allowed) {
      return candidate;
    }
    if (best <= allowed) {
      return best;
    }
    int smaller = 1;
    for (int size : nanosPerImage.headMap(allowed, true).keySet()) {
      if (nanosPerImage.get(size) <= nanosPerImage.get(smaller)) {
        smaller = size;
      }
    }
    return smaller;
  }

  /** The number of images for the next call of a run. An exact size is limited by memory only. */
  synchronized int next(BatchSize requested) {
    return requested.isExact() && !fixed
        ? Math.min(requested.images(), memoryLimit)
        : next(requested.largest().orElse(Integer.MAX_VALUE));
  }

  /** The best size so far. */
  synchronized int best() {
    return Math.min(best, limit);
  }

  /** Records the time of a successful call. */
  synchronized void recordCall(int size, long nanos) {
    if (finished || size != candidate) {
      return;
    }
    calls.add(nanos);
    List<Long> measured = calls.subList(Math.min(WARM_UP_CALLS, calls.size()), calls.size());
    long total = measured.stream().mapToLong(Long::longValue).sum();
    boolean enough =
        measured.size() >= MIN_CALLS && (total >= MIN_NANOS || measured.size() >= MAX_CALLS);
    if (enough) {
      double median = measured.stream().sorted().toList().get(measured.size() / 2);
      finish(size, median / size);
    }
  }

  private void finish(int size, double perImage) {
    nanosPerImage.put(size, perImage);
    calls.clear();
    double bestNanos = nanosPerImage.get(best);
    if (size == 1 || perImage < bestNanos * GAIN_RATIO) {
      best = size;
      sizesWithoutGain = 0;
    } else if (perImage > bestNanos * TOO_SLOW_RATIO
        || ++sizesWithoutGain == MAX_SIZES_WITHOUT_GAIN) {
      finishSearch();
      return;
    }
    if (2 * size <= limit) {
      candidate = 2 * size;
    } else {
      finishSearch();
    }
  }

  private void finishSearch() {
    finished = true;
    LOG.info("Selected batch size {}; milliseconds per image by batch size: {}", best, report());
  }

  private String report() {
    return nanosPerImage.entrySet().stream()
        .map(entry -> "%d: %.2f".formatted(entry.getKey(), entry.getValue() / 1e6))
        .collect(Collectors.joining(", "));
  }

  /** Records that the device's memory does not suffice for more than {@code size} images. */
  synchronized void limit(int size) {
    memoryLimit = Math.min(memoryLimit, Math.max(1, size));
    limit = Math.min(limit, memoryLimit);
    if (candidate > limit) {
      finished = true;
    }
    best = Math.min(best, limit);
  }
}
