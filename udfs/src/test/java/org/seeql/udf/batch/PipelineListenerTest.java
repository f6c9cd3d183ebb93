package org.seeql.udf.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seeql.udf.model.Device;

class PipelineListenerTest {
  static List<Device> devices() {
    return List.of(Device.CPU, Device.gpu(0));
  }

  /** Counts events by their arguments, without times. */
  private static final class Heard implements PipelineListener {
    final ConcurrentMap<String, Integer> events = new ConcurrentHashMap<>();
    final Queue<Integer> batches = new ConcurrentLinkedQueue<>();

    private void count(String event) {
      events.merge(event, 1, Integer::sum);
    }

    @Override
    public void fileRead(long nanos) {
      count("read");
    }

    @Override
    public void imageDecoded(long nanos) {
      count("decoded");
    }

    @Override
    public void modelRan(String model, int images, long nanos) {
      assertThat(model).isEqualTo("fake");
      batches.add(images);
    }

    @Override
    public void outputRead(long nanos) {
      count("answered");
    }

    @Override
    public void batchHalved(String model, int images) {
      count("halved to " + images);
    }

    @Override
    public void imageEnded() {
      count("ended");
    }

    @Override
    public void imageFailed(String stage, Exception cause) {
      count(stage + " " + cause.getClass().getSimpleName());
    }
  }

  /** Of ten images, one has no file and one is not an image. */
  private static StripedImage image(int i) {
    return switch (i % 10) {
      case 1 ->
          StripedImage.of(
              i,
              () -> {
                throw new NoSuchFileException("gone");
              });
      case 2 -> StripedImage.of(i, () -> "no image".getBytes(UTF_8));
      default -> StripedImage.white(i);
    };
  }

  private static Iterator<StripedImage> images(int count) {
    return IntStream.range(0, count).mapToObj(PipelineListenerTest::image).iterator();
  }

  private static void run(InferencePipeline pipeline, int count, PipelineListener listener) {
    try (CloseableIterator<ImageResult<StripedImage>> run =
        pipeline.run(images(count), PipelineOptions.DEFAULT, new StageTimes(listener))) {
      run.forEachRemaining(result -> {});
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void reportsEachImageAndEachModelCallOnce(Device device) {
    FakeModel model = FakeModel.ofAnyBatch(device);
    Heard heard = new Heard();
    try (InferencePipeline pipeline = InferencePipeline.over(model, 2)) {
      run(pipeline, 50, heard);
    }

    assertThat(heard.events)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "read", 50,
                "read NoSuchFileException", 5,
                "decoded", 45,
                "decode UndecodableImageException", 5,
                "answered", 40,
                "ended", 50));
    assertThat(heard.batches).containsExactlyInAnyOrderElementsOf(model.batches);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void reportsTheSizeOfHalvedBatches(Device device) {
    Heard heard = new Heard();
    try (InferencePipeline pipeline =
        InferencePipeline.ofExactBatches(FakeModel.ofAnyBatch(device).withMemoryFor(3), 1, 8)) {
      run(pipeline, 100, heard);

      int size = pipeline.state().batchSizes().get("fake");
      assertThat(size).isLessThanOrEqualTo(3);
      assertThat(heard.events).containsKey("halved to " + size);
      assertThat(heard.batches).allMatch(images -> images <= 3);
    }
  }

  @Test
  void reportsASharedCallOnceToAListenerOfBothRuns() throws InterruptedException {
    FakeModel model = FakeModel.ofAnyBatch(Device.gpu(0));
    Heard heard = new Heard();
    CountDownLatch both = new CountDownLatch(2);
    try (InferencePipeline pipeline = InferencePipeline.ofExactBatches(model, 2, 16)) {
      Runnable run =
          () -> {
            both.countDown();
            run(pipeline, 40, heard);
          };
      List<Thread> threads = List.of(new Thread(run), new Thread(run));
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
    }

    assertThat(heard.events).containsEntry("answered", 64);
    assertThat(heard.batches).containsExactlyInAnyOrderElementsOf(model.batches);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void reportsAnImageOnceForAnyNumberOfModels(Device device) {
    Heard heard = new Heard();
    RoutingQueue.Limits limits = new RoutingQueue.Limits(RoutedFixture.THREADS, 64, 256, 1L << 20);
    try (RoutedFixture fixture = new RoutedFixture(device, 4, limits);
        var run =
            fixture.pipeline.run(
                images(50),
                FakeTree.chain(RoutedFixture.MODELS)::walk,
                PipelineOptions.DEFAULT,
                new RoutedTimes(RoutedFixture.MODELS, heard))) {
      run.forEachRemaining(result -> {});
    }

    assertThat(heard.events)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "read", 50,
                "read NoSuchFileException", 5,
                "decoded", 45,
                "decode UndecodableImageException", 5,
                "answered", 40 * RoutedFixture.MODELS,
                "ended", 50));
    assertThat(heard.batches.stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(40 * RoutedFixture.MODELS);
  }
}
