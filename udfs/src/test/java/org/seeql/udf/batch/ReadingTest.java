package org.seeql.udf.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seeql.udf.image.ImageFile;
import org.seeql.udf.image.ReadBudget;
import org.seeql.udf.image.ReadSettings;
import org.seeql.udf.model.Device;

/**
 * How image files are read: within a budget, with a time limit, and independently of each other.
 */
@Timeout(120)
class ReadingTest {
  private static final Device GPU = Device.gpu(0);
  private static final int FILE = 100_000;
  private static final String NOT_IN_TIME =
      "read: The file was not read within 1 s (seeql.read_timeout)";

  /** The thread layouts of pipelines. */
  enum Layout {
    ON_CPU,
    ON_GPU,
    ROUTED_ON_CPU,
    ROUTED_ON_GPU
  }

  private static ReadBudget budget(int files, Duration timeout) {
    return new ReadBudget(new ReadSettings((long) files * FILE, 10L * files * FILE, timeout));
  }

  /** A pipeline with any layout, reduced to images as input and reasons of failures as output. */
  private static final class Pipeline implements AutoCloseable {
    private final Runnable close;
    private final java.util.function.Function<Iterator<Image>, CloseableIterator<?>> runs;

    Pipeline(Layout layout, ReadBudget budget) {
      Device device = layout == Layout.ON_CPU || layout == Layout.ROUTED_ON_CPU ? Device.CPU : GPU;
      FakeModel model = FakeModel.ofAnyBatch(device);
      if (layout == Layout.ON_CPU || layout == Layout.ON_GPU) {
        InferencePipeline one = InferencePipeline.over(model, 2, budget);
        close = one::close;
        runs = images -> one.run(images, PipelineOptions.DEFAULT);
      } else {
        RoutedPipeline routed =
            new RoutedPipeline(
                List.of(new RoutedModel(model.description(), () -> TunedModel.of(model))),
                device,
                new RoutingQueue.Limits(2, 64, 256, 1L << 20),
                2,
                budget);
        close = routed::close;
        runs = images -> routed.run(images, Once::new, PipelineOptions.DEFAULT, new RoutedTimes(1));
      }
    }

    CloseableIterator<?> run(Iterator<Image> images) {
      return runs.apply(images);
    }

    /** The failures of images by row; empty for images without one. */
    List<Optional<String>> failures(int images, IntFunction<Image> image) {
      List<Optional<String>> failures = new ArrayList<>();
      try (CloseableIterator<?> run = run(IntStream.range(0, images).mapToObj(image).iterator())) {
        run.forEachRemaining(result -> failures.add(failure(result)));
      }
      return failures;
    }

    private static Optional<String> failure(Object result) {
      if (result instanceof ImageResult<?> of) {
        return of.prediction() instanceof Prediction.Failure failure
            ? Optional.of(failure.stage() + ": " + failure.reason())
            : Optional.empty();
      }
      return ((RoutedResult<?, ?>) result)
          .failure()
          .map(failure -> failure.stage() + ": " + failure.reason());
    }

    @Override
    public void close() {
      close.run();
    }
  }

  /** Asks the only model once. */
  private static final class Once implements Route {
    private boolean asked;

    @Override
    public OptionalInt next() {
      return asked ? OptionalInt.empty() : OptionalInt.of(0);
    }

    @Override
    public void answer(int model, Prediction prediction) {
      asked = true;
    }
  }

  private interface Opening {
    ImageFile open() throws IOException;
  }

  private record Image(long row, Opening opening, long bytesHeld) implements ImageSource {
    Image(long row, Opening opening) {
      this(row, opening, 0);
    }

    @Override
    public ImageFile open() throws IOException {
      return opening.open();
    }
  }

  /** An image with zeros after it, so that it is read like a larger file. */
  private static final class Picture implements ImageFile {
    private final byte[] content;

    private Picture(byte[] content) {
      this.content = content;
    }

    byte[] bytes() {
      return content;
    }

    static Picture small() throws IOException {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", png);
      return new Picture(Arrays.copyOf(png.toByteArray(), FILE));
    }

    @Override
    public long length() {
      return content.length;
    }

    @Override
    public int read(long position, byte[] target, int offset, int count) {
      if (position >= content.length) {
        return -1;
      }
      int read = (int) Math.min(count, content.length - position);
      System.arraycopy(content, (int) position, target, offset, read);
      return read;
    }
  }

  private static Image good(int row) {
    return new Image(row, Picture::small);
  }

  @ParameterizedTest
  @EnumSource
  void staysWithinTheBudgetOfAllRuns(Layout layout) throws Exception {
    ReadBudget budget = budget(3, Duration.ofMinutes(1));
    AtomicInteger max = new AtomicInteger();
    ExecutorService tasks = Executors.newFixedThreadPool(8);
    try (Pipeline first = new Pipeline(layout, budget);
        Pipeline second = new Pipeline(layout, budget)) {
      List<Future<List<Optional<String>>>> runs = new ArrayList<>();
      for (int task = 0; task < 8; task++) {
        Pipeline pipeline = task % 2 == 0 ? first : second;
        runs.add(
            tasks.submit(
                () ->
                    pipeline.failures(
                        60,
                        row ->
                            new Image(
                                row,
                                () -> {
                                  max.accumulateAndGet((int) budget.used(), Math::max);
                                  return Picture.small();
                                }))));
      }
      for (Future<List<Optional<String>>> run : runs) {
        assertThat(run.get()).hasSize(60).containsOnly(Optional.empty());
      }
    } finally {
      tasks.shutdownNow();
    }
    assertThat(max.get()).isBetween(FILE, 3 * FILE);
    assertThat(budget.used()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void endsAnImageThatIsNotReadInTime(Layout layout) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    int hanging = 20; // more than the number of threads
    try (Pipeline pipeline = new Pipeline(layout, budget(100, Duration.ofSeconds(1)))) {
      List<Optional<String>> failures =
          pipeline.failures(
              60,
              row -> row < hanging ? new Image(row, () -> waitWhateverHappens(never)) : good(row));

      assertThat(failures.subList(0, hanging)).containsOnly(Optional.of(NOT_IN_TIME));
      assertThat(failures.subList(hanging, 60)).containsOnly(Optional.empty());
      never.countDown();
      assertThat(pipeline.failures(100, ReadingTest::good)).containsOnly(Optional.empty());
    }
  }

  /** Behaves like a read from a disk that does not respond. */
  private static ImageFile waitWhateverHappens(CountDownLatch latch) throws IOException {
    while (true) {
      try {
        latch.await();
        return Picture.small();
      } catch (InterruptedException e) {
        // like a blocked system call, which does not react to interruption
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void interruptsAReadForItsOwnImageOnly(Layout layout) throws Exception {
    ReadBudget budget = budget(100, Duration.ofSeconds(1));
    AtomicInteger interrupted = new AtomicInteger();
    try (Pipeline pipeline = new Pipeline(layout, budget)) {
      List<Optional<String>> failures =
          pipeline.failures(
              60,
              row ->
                  row % 20 > 0
                      ? good(row)
                      : new Image(
                          row,
                          () -> {
                            try {
                              Thread.sleep(60_000);
                              return Picture.small();
                            } catch (InterruptedException e) {
                              interrupted.incrementAndGet();
                              throw new InterruptedIOException();
                            }
                          }));

      for (int row = 0; row < 60; row++) {
        assertThat(failures.get(row))
            .as("row %s", row)
            .isEqualTo(row % 20 == 0 ? Optional.of(NOT_IN_TIME) : Optional.empty());
      }
      await().untilAsserted(() -> assertThat(interrupted).hasValue(3));
      assertThat(pipeline.failures(100, ReadingTest::good)).containsOnly(Optional.empty());
      assertThat(budget.used()).isZero();
    }
  }

  @Test
  @Timeout(30)
  void limitsTheTimeOfReadsAfterAListenerHasFailed() {
    CountDownLatch never = new CountDownLatch(1);
    PipelineListener failing =
        new PipelineListener() {
          @Override
          public void imageFailed(String stage, Exception cause) {
            throw new IllegalStateException("The listener failed");
          }
        };
    try (InferencePipeline pipeline =
        InferencePipeline.over(
            FakeModel.ofAnyBatch(Device.CPU), 1, budget(100, Duration.ofSeconds(1)))) {
      try (var run =
          pipeline.run(
              List.of(new Image(0, () -> waitWhateverHappens(never))).iterator(),
              PipelineOptions.DEFAULT,
              new StageTimes(failing))) {
        assertThatThrownBy(run::next)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("The listener failed");
      }
      try (var run =
          pipeline.run(
              List.of(new Image(0, () -> waitWhateverHappens(never))).iterator(),
              PipelineOptions.DEFAULT)) {
        assertThat(Pipeline.failure(run.next())).contains(NOT_IN_TIME);
      }
    } finally {
      never.countDown();
    }
  }

  @ParameterizedTest
  @EnumSource
  void failsTheImageForWhichMemoryIsInsufficient(Layout layout) throws Exception {
    ReadBudget budget = budget(100, Duration.ofMinutes(1));
    ImageFile tooMuch =
        new ImageFile() {
          @Override
          public long length() {
            return FILE;
          }

          @Override
          public int read(long position, byte[] target, int offset, int count) throws IOException {
            if (position > 0) {
              throw new OutOfMemoryError("Java heap space");
            }
            return Picture.small().read(position, target, offset, count);
          }
        };
    try (Pipeline pipeline = new Pipeline(layout, budget)) {
      List<Optional<String>> failures =
          pipeline.failures(30, row -> row == 7 ? new Image(row, () -> tooMuch) : good(row));

      assertThat(failures.get(7))
          .get()
          .asString()
          .startsWith("read: The file of 100,000 bytes does not fit into the free memory");
      assertThat(failures).filteredOn(Optional::isPresent).hasSize(1);
      assertThat(budget.used()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void releasesAllMemoryWhenARunIsClosed(Layout layout) throws Exception {
    ReadBudget budget = budget(5, Duration.ofMinutes(1));
    try (Pipeline pipeline = new Pipeline(layout, budget)) {
      for (int i = 0; i < 10; i++) {
        try (CloseableIterator<?> run =
            pipeline.run(IntStream.range(0, 1_000).mapToObj(ReadingTest::good).iterator())) {
          for (int row = 0; row < 3 * i; row++) {
            run.next();
          }
        }
      }

      await().untilAsserted(() -> assertThat(budget.used()).isZero());
      assertThat(pipeline.failures(50, ReadingTest::good)).containsOnly(Optional.empty());
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsFewRowsAheadIfTheyHoldLargeImages(Layout layout) throws Exception {
    ReadBudget budget = budget(4, Duration.ofMinutes(1));
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger max = new AtomicInteger();
    try (Pipeline pipeline = new Pipeline(layout, budget)) {
      byte[] content = Picture.small().bytes();
      Iterator<Image> rows =
          IntStream.range(0, 50)
              .mapToObj(row -> new Image(row, () -> ImageFile.of(content), FILE))
              .peek(row -> taken.incrementAndGet())
              .iterator();
      int done = 0;
      try (CloseableIterator<?> run = pipeline.run(rows)) {
        while (run.hasNext()) {
          max.accumulateAndGet(taken.get() - done, Math::max);
          assertThat(Pipeline.failure(run.next())).isEmpty();
          done++;
        }
      }

      assertThat(done).isEqualTo(50);
      // the stream itself may take one more
      assertThat(max.get()).isBetween(2, 5);
      assertThat(budget.used()).isZero();
    }
  }
}
