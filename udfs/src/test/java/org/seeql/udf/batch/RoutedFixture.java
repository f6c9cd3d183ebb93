package org.seeql.udf.batch;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.seeql.udf.InferenceException;
import org.seeql.udf.image.ReadBudget;
import org.seeql.udf.model.Device;

/** Five fake models, each of which reads a different stripe. */
final class RoutedFixture implements AutoCloseable {
  static final int MODELS = 5;
  static final int THREADS = 2;

  final List<FakeModel> models = new ArrayList<>();
  final List<AtomicInteger> loads = new ArrayList<>();
  final RoutedTimes times = new RoutedTimes(MODELS);
  final RoutedPipeline pipeline;
  volatile Optional<Integer> missing = Optional.empty();

  RoutedFixture(Device device, int batchSize, RoutingQueue.Limits limits) {
    List<RoutedModel> routed = new ArrayList<>();
    for (int i = 0; i < MODELS; i++) {
      FakeModel model = FakeModel.ofAnyBatch(device).lookingAt(i);
      AtomicInteger count = new AtomicInteger();
      models.add(model);
      loads.add(count);
      routed.add(new RoutedModel(model.description(), loader(i, model, count, batchSize)));
    }
    pipeline = new RoutedPipeline(routed, device, limits, THREADS, ReadBudget.ofJvm());
  }

  private Supplier<TunedModel> loader(
      int index, FakeModel model, AtomicInteger count, int batchSize) {
    return () -> {
      if (missing.equals(Optional.of(index))) {
        throw new InferenceException("Cannot read the model " + index);
      }
      count.incrementAndGet();
      return TunedModel.ofExactBatches(model, batchSize);
    };
  }

  List<RoutedResult<StripedImage, FakeTree.Walk>> results(
      int images, IntFunction<StripedImage> image, Supplier<FakeTree.Walk> routes) {
    List<RoutedResult<StripedImage, FakeTree.Walk>> results = new ArrayList<>();
    Iterator<StripedImage> sources = IntStream.range(0, images).mapToObj(image).iterator();
    try (var run = pipeline.run(sources, routes, PipelineOptions.DEFAULT, times)) {
      run.forEachRemaining(results::add);
    }
    return results;
  }

  /** The memory of images that remains after all threads have ended. */
  long heldBytesAtEnd() {
    pipeline.close();
    return pipeline.heldBytes();
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
