package org.seeql.udf.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.seeql.udf.InferenceException;
import org.seeql.udf.detect.ModelVariation;
import org.seeql.udf.image.ImageFile;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.model.Device;

class InferencePipelineTest {
  private static final PipelineOptions DEFAULT = PipelineOptions.DEFAULT;
  private static final Offset<Float> TOLERANCE = within(1e-6f);

  /** Each device has a different thread layout; the model is the same fake. */
  static List<Device> devices() {
    return List.of(Device.CPU, Device.gpu(0));
  }

  @ParameterizedTest
  @CsvSource({"cpu, 1", "cpu, 2", "cpu, 7", "cpu, 1000", "gpu:0, 1", "gpu:0, 7", "gpu:0, 1000"})
  void returnsTheResultOfEachImageInOrderForAnyBatchSize(String on, int batchSize) {
    Device device = on.equals("cpu") ? Device.CPU : Device.gpu(0);
    try (InferencePipeline pipeline = InferencePipeline.over(FakeModel.ofAnyBatch(device), 2)) {
      List<ImageResult<Image>> results =
          results(pipeline, DEFAULT.withBatchSize(BatchSize.atMost(batchSize)), 250, Image::red);

      assertThat(results)
          .extracting(r -> r.source().row())
          .containsExactlyElementsOf(IntStream.range(0, 250).mapToObj(i -> (long) i).toList());
      assertThat(results).allSatisfy(r -> assertThat(redness(r)).isCloseTo(expected(r), TOLERANCE));
    }
  }

  /** 250 images are 35 batches of 7 and one of 5, even if files arrive late and one by one. */
  @ParameterizedTest
  @MethodSource("devices")
  void fillsBatchesOfAnExactSize(Device device) {
    FakeModel model = FakeModel.ofAnyBatch(device);
    StageTimes times = new StageTimes();
    try (InferencePipeline pipeline = InferencePipeline.over(model, 2)) {
      List<ImageResult<Image>> results =
          results(pipeline, DEFAULT.withBatchSize(BatchSize.exactly(7)), 250, Image::late, times);

      assertThat(times.batchSize()).isEqualTo(7);
      assertThat(results).allSatisfy(r -> assertThat(redness(r)).isCloseTo(expected(r), TOLERANCE));
    }

    assertThat(model.batches).hasSize(36).contains(5).filteredOn(b -> b == 7).hasSize(35);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void halvesAnExactSizeThatDoesNotFitIntoMemory(Device device) {
    FakeModel model = FakeModel.ofAnyBatch(device).withMemoryFor(40);
    try (InferencePipeline pipeline = InferencePipeline.over(model, 2)) {
      List<ImageResult<Image>> results =
          results(pipeline, DEFAULT.withBatchSize(BatchSize.exactly(64)), 200, Image::red);

      assertThat(results).allSatisfy(r -> assertThat(redness(r)).isCloseTo(expected(r), TOLERANCE));
    }

    assertThat(model.batches).contains(32).allMatch(size -> size <= 32);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void neverReturnsMoreThanRequested(Device device) {
    FakeModel model = FakeModel.ofAnyBatch(device);
    try (InferencePipeline pipeline = InferencePipeline.over(model, 2)) {
      results(pipeline, DEFAULT.withBatchSize(BatchSize.atMost(3)), 200, Image::red);
    }

    assertThat(model.batches).allMatch(size -> size <= 3).contains(1);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void failsOnlyBadImagesOfABatch(Device device) {
    IntFunction<Image> everyThirdIsBad =
        i ->
            switch (i % 3) {
              case 0 -> Image.red(i);
              case 1 -> new Image(i, () -> "no image".getBytes(UTF_8));
              default ->
                  new Image(
                      i,
                      () -> {
                        throw new IOException("The file is not there");
                      });
            };
    try (InferencePipeline pipeline =
        InferencePipeline.ofExactBatches(FakeModel.ofAnyBatch(device), 2, 5)) {
      StageTimes times = new StageTimes();
      List<ImageResult<Image>> results = results(pipeline, DEFAULT, 30, everyThirdIsBad, times);

      for (int i = 0; i < 30; i += 3) {
        assertThat(redness(results.get(i))).isCloseTo(expected(results.get(i)), TOLERANCE);
        assertThat(results.get(i + 1).prediction())
            .isInstanceOfSatisfying(
                Prediction.Failure.class, f -> assertThat(f.stage()).isEqualTo("decode"));
        assertThat(results.get(i + 2).prediction())
            .isEqualTo(new Prediction.Failure("read", "The file is not there"));
      }
      assertThat(times.images()).isEqualTo(30);
      assertThat(times.failed()).isEqualTo(20);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void failsOnlyTheImageForWhichTheModelReturnsNaN(Device device) {
    FakeModel model = FakeModel.ofAnyBatch(device).withoutNumberFor(7);
    try (InferencePipeline pipeline = InferencePipeline.ofExactBatches(model, 2, 5)) {
      StageTimes times = new StageTimes();
      List<ImageResult<Image>> results = results(pipeline, DEFAULT, 20, Image::red, times);

      assertThat(results.remove(7).prediction())
          .isEqualTo(new Prediction.Failure("model", "The model returned NaN (not a number)"));
      assertThat(results).allSatisfy(r -> assertThat(redness(r)).isCloseTo(expected(r), TOLERANCE));
      assertThat(times.failed()).isEqualTo(1);
    }
    assertThat(model.openOutputs).hasValue(0);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void halvesABatchThatDoesNotFitIntoMemoryAndKeepsTheSize(Device device) {
    FakeModel model = FakeModel.ofAnyBatch(device).withMemoryFor(3);
    try (InferencePipeline pipeline = InferencePipeline.ofExactBatches(model, 2, 8)) {
      List<ImageResult<Image>> results = results(pipeline, DEFAULT, 64, Image::red);

      assertThat(results).allSatisfy(r -> assertThat(redness(r)).isCloseTo(expected(r), TOLERANCE));
      assertThat(model.batches).allMatch(size -> size <= 3);
      assertThat(pipeline.tuner().next(100)).isLessThanOrEqualTo(4);
    }
    assertThat(model.openOutputs).hasValue(0);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void reportsThatNotEvenOneImageFits(Device device) {
    FakeModel model = FakeModel.ofAnyBatch(device).withMemoryFor(0);
    try (InferencePipeline pipeline = InferencePipeline.over(model, 2)) {
      assertThatThrownBy(() -> results(pipeline, DEFAULT, 3, Image::red))
          .isInstanceOf(InferenceException.class)
          .hasMessage("Out of memory; a smaller batch is not possible");
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void continuesOtherRunsAfterTheModelFailedInOne(Device device) {
    FakeModel model = FakeModel.ofAnyBatch(device);
    try (InferencePipeline pipeline = InferencePipeline.over(model, 2)) {
      model.breakDown(true);
      assertThatThrownBy(() -> results(pipeline, DEFAULT, 100, Image::red))
          .isInstanceOf(InferenceException.class)
          .hasMessage("Model fake failed");

      model.breakDown(false);
      assertThat(results(pipeline, DEFAULT, 100, Image::red)).hasSize(100);
    }
    assertThat(model.openOutputs).hasValue(0);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void fillsABatchOfFixedSize(Device device) {
    FakeModel model =
        new FakeModel(InputFormat.rgb(FakeModel.SIZE, FakeModel.SIZE).withBatch(4), device);
    try (InferencePipeline pipeline = InferencePipeline.over(model, 2)) {
      List<ImageResult<Image>> results = results(pipeline, DEFAULT, 10, Image::red);

      assertThat(results).allSatisfy(r -> assertThat(redness(r)).isCloseTo(expected(r), TOLERANCE));
      assertThat(model.batches).containsOnly(4);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void readsOnlySoFarAhead(Device device) {
    AtomicInteger asked = new AtomicInteger();
    Iterator<Image> endless =
        IntStream.iterate(0, i -> i + 1)
            .mapToObj(
                i -> {
                  asked.incrementAndGet();
                  return Image.red(i);
                })
            .iterator();
    FakeModel model = FakeModel.ofAnyBatch(device);
    try (InferencePipeline pipeline = InferencePipeline.over(model, 2);
        CloseableIterator<ImageResult<Image>> results = pipeline.run(endless, DEFAULT)) {
      for (int i = 0; i < 100; i++) {
        results.next();
      }

      assertThat(asked.get()).isBetween(100, 200);
    }
    assertThat(model.openOutputs).hasValue(0);
    assertThat(model.isClosed()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("devices")
  void returnsNothingForNoImages(Device device) {
    try (InferencePipeline pipeline = InferencePipeline.over(FakeModel.ofAnyBatch(device), 2)) {
      assertThat(results(pipeline, DEFAULT, 0, Image::red)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void servesSeveralCallersAtOnce(Device device) {
    try (InferencePipeline pipeline = InferencePipeline.over(FakeModel.ofAnyBatch(device), 2)) {
      List<List<ImageResult<Image>>> all =
          IntStream.range(0, 4)
              .parallel()
              .mapToObj(caller -> results(pipeline, DEFAULT, 200, Image::red))
              .toList();

      assertThat(all)
          .allSatisfy(
              results ->
                  assertThat(results)
                      .hasSize(200)
                      .allSatisfy(r -> assertThat(redness(r)).isCloseTo(expected(r), TOLERANCE)));
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void countsAProgrammingErrorOfOneImageAsItsFailure(Device device) {
    Image broken =
        new Image(
            0,
            () -> {
              throw new IllegalStateException("No such column");
            });
    try (InferencePipeline pipeline = InferencePipeline.over(FakeModel.ofAnyBatch(device), 2)) {
      List<ImageResult<Image>> results =
          results(pipeline, DEFAULT, 3, i -> i == 1 ? broken : Image.red(i));

      assertThat(results.get(1).prediction())
          .isEqualTo(new Prediction.Failure("read", "No such column"));
      assertThat(redness(results.get(2))).isCloseTo(2 / 255f, TOLERANCE);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void stopsReadingWhenARunIsClosedInTheMiddle(Device device) throws InterruptedException {
    AtomicInteger read = new AtomicInteger();
    Iterator<Image> endless =
        IntStream.iterate(0, i -> i + 1)
            .mapToObj(
                i ->
                    new Image(
                        i,
                        () -> {
                          read.incrementAndGet();
                          return Image.red(i).bytes().read();
                        }))
            .iterator();
    FakeModel model = FakeModel.ofAnyBatch(device);
    try (InferencePipeline pipeline = InferencePipeline.over(model, 2)) {
      CloseableIterator<ImageResult<Image>> run = pipeline.run(endless, DEFAULT);
      run.next();
      run.close();

      assertThat(run.hasNext()).isFalse();
      assertThat(results(pipeline, DEFAULT, 50, Image::red)).hasSize(50);
      int before = read.get();
      assertThat(results(pipeline, DEFAULT, 50, Image::red)).hasSize(50);
      assertThat(read.get()).isEqualTo(before);
    }
    assertThat(model.openOutputs).hasValue(0);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void waitsForTheLatencyOfAVariation(Device device) {
    ModelVariation slow = new ModelVariation(Duration.ofMillis(20), 1, Set.of(), 0);
    try (InferencePipeline pipeline = InferencePipeline.over(FakeModel.ofAnyBatch(device), 2)) {
      StageTimes times = new StageTimes();
      results(pipeline, DEFAULT.withVariation(slow), 10, Image::red, times);

      assertThat(times.inference()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void waitsForTheLatencyOfAModelThatIsAVariation(Device device) {
    ModelVariation slow = new ModelVariation(Duration.ofMillis(20), 1, Set.of(), 0);
    FakeModel model = FakeModel.ofAnyBatch(device).varied(slow);
    try (InferencePipeline pipeline = InferencePipeline.over(model, 2)) {
      StageTimes times = new StageTimes();
      results(pipeline, DEFAULT, 10, Image::red, times);

      assertThat(times.inference()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }
  }

  private static List<ImageResult<Image>> results(
      InferencePipeline pipeline, PipelineOptions options, int images, IntFunction<Image> image) {
    return results(pipeline, options, images, image, new StageTimes());
  }

  private static List<ImageResult<Image>> results(
      InferencePipeline pipeline,
      PipelineOptions options,
      int images,
      IntFunction<Image> image,
      StageTimes times) {
    List<ImageResult<Image>> results = new ArrayList<>();
    Iterator<Image> sources = IntStream.range(0, images).mapToObj(image).iterator();
    try (CloseableIterator<ImageResult<Image>> run = pipeline.run(sources, options, times)) {
      run.forEachRemaining(results::add);
    }
    return results;
  }

  private static float redness(ImageResult<Image> result) {
    return ((Prediction.Classification) result.prediction())
        .scores().stream()
            .filter(score -> score.label().equals("red"))
            .findFirst()
            .orElseThrow()
            .score();
  }

  private static float expected(ImageResult<Image> result) {
    return result.source().row() % 256 / 255f;
  }

  private interface Bytes {
    byte[] read() throws IOException;
  }

  private record Image(long row, Bytes bytes) implements ImageSource {
    /** An image whose red value is its row modulo 256. */
    static Image red(int row) {
      return new Image(row, () -> png(row % 256 << 16));
    }

    /** The same, with some files that are read more slowly than others. */
    static Image late(int row) {
      return new Image(
          row,
          () -> {
            LockSupport.parkNanos(1_000_000L * (row % 5));
            return png(row % 256 << 16);
          });
    }

    @Override
    public ImageFile open() throws IOException {
      return ImageFile.of(bytes.read());
    }

    private static byte[] png(int rgb) throws IOException {
      BufferedImage image =
          new BufferedImage(FakeModel.SIZE, FakeModel.SIZE, BufferedImage.TYPE_INT_RGB);
      image.setRGB(0, 0, rgb);
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(image, "png", png);
      return png.toByteArray();
    }
  }
}
