package org.seeql.udf.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.seeql.udf.InferenceException;
import org.seeql.udf.detect.ModelVariation;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.model.Device;

@Timeout(60)
class RoutedPipelineTest {
  private static final RoutingQueue.Limits DEFAULT = new RoutingQueue.Limits(2, 64, 256, 1L << 30);

  /** Each device has a different thread layout; the models are the same fakes. */
  static List<Device> devices() {
    return List.of(Device.CPU, Device.gpu(0));
  }

  @ParameterizedTest
  @MethodSource("devices")
  void anImageForWhichAModelReturnsNaNFailsAndAsksNoOtherModel(Device device) {
    try (RoutedFixture fixture = new RoutedFixture(device, 4, DEFAULT)) {
      fixture.models.get(1).withoutNumberFor(255);
      FakeTree all = FakeTree.chain(RoutedFixture.MODELS);

      List<RoutedResult<StripedImage, FakeTree.Walk>> results =
          fixture.results(100, StripedImage::random, all::walk);

      assertThat(results)
          .filteredOn(r -> r.source().isWhite(0) && r.source().isWhite(1))
          .isNotEmpty()
          .allSatisfy(
              r -> {
                assertThat(r.failure())
                    .contains(
                        new Prediction.Failure("model", "The model returned NaN (not a number)"));
                assertThat(r.route().visits()).containsOnlyKeys(0);
              });
      assertThat(results)
          .filteredOn(r -> !(r.source().isWhite(0) && r.source().isWhite(1)))
          .allSatisfy(r -> assertThat(r.route().visits()).isEqualTo(all.visits(r.source())));
      assertThat(fixture.heldBytesAtEnd()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"cpu, 1", "cpu, 4", "cpu, 32", "gpu:0, 1", "gpu:0, 4", "gpu:0, 32"})
  void sendsEachImageToExactlyTheModelsThatItsAnswersRequire(String on, int batchSize) {
    Device device = on.equals("cpu") ? Device.CPU : Device.gpu(0);
    for (int seed = 0; seed < 20; seed++) {
      FakeTree tree = FakeTree.random(new Random(seed), RoutedFixture.MODELS);
      try (RoutedFixture fixture = new RoutedFixture(device, batchSize, DEFAULT)) {
        List<RoutedResult<StripedImage, FakeTree.Walk>> results =
            fixture.results(300, StripedImage::random, tree::walk);

        assertThat(results)
            .extracting(r -> r.source().row())
            .containsExactlyElementsOf(IntStream.range(0, 300).mapToObj(i -> (long) i).toList());
        assertThat(results)
            .allSatisfy(r -> assertThat(r.failure()).isEmpty())
            .allSatisfy(r -> assertThat(r.route().visits()).isEqualTo(tree.visits(r.source())));
        for (int model = 0; model < RoutedFixture.MODELS; model++) {
          int index = model;
          long visits = results.stream().filter(r -> r.route().visits().containsKey(index)).count();
          assertThat(fixture.times.of(model).images()).isEqualTo(visits);
        }
        assertThat(results).allSatisfy(r -> assertThat(r.source().reads()).hasValueLessThan(2));
        assertThat(fixture.heldBytesAtEnd()).isZero();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void fillsTheBatchesOfEveryStep(Device device) {
    try (RoutedFixture fixture = new RoutedFixture(device, 8, DEFAULT)) {
      fixture.results(960, StripedImage::random, FakeTree.chain(RoutedFixture.MODELS)::walk);

      for (int model = 0; model < RoutedFixture.MODELS; model++) {
        long images = fixture.times.of(model).images();
        assertThat(images).isGreaterThan(8);
        // the last images are divided among the threads; the number of parts varies
        int inParts =
            fixture.models.get(model).batches.stream()
                .mapToInt(Integer::intValue)
                .filter(size -> size < 8)
                .sum();
        assertThat(inParts).isLessThanOrEqualTo(8 * RoutedFixture.THREADS);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void runsAPartialBatchIfNoOtherImageCanFillIt(Device device) {
    try (RoutedFixture fixture = new RoutedFixture(device, 32, DEFAULT)) {
      assertThat(
              fixture.results(3, StripedImage::white, FakeTree.chain(RoutedFixture.MODELS)::walk))
          .allSatisfy(r -> assertThat(r.route().visits()).hasSize(RoutedFixture.MODELS));
      assertThat(
              fixture.results(0, StripedImage::white, FakeTree.chain(RoutedFixture.MODELS)::walk))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void holdsNoMorePixelsThanItMay(Device device) {
    RoutingQueue.Limits fourImages = new RoutingQueue.Limits(1, 64, 4, 1L << 30);
    RoutingQueue.Limits oneByte = new RoutingQueue.Limits(1, 64, 256, 1);
    try (RoutedFixture byCount = new RoutedFixture(device, 8, fourImages);
        RoutedFixture byBytes = new RoutedFixture(device, 8, oneByte)) {
      byCount.results(100, StripedImage::random, FakeTree.chain(RoutedFixture.MODELS)::walk);
      byBytes.results(100, StripedImage::random, FakeTree.chain(RoutedFixture.MODELS)::walk);

      assertThat(byCount.models.get(0).batches).allMatch(size -> size <= 4);
      // one per decoding thread
      assertThat(byBytes.models.get(0).batches).allMatch(size -> size <= RoutedFixture.THREADS);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void loadsOnlyModelsThatAreNeededAndOnlyOnce(Device device) {
    try (RoutedFixture fixture = new RoutedFixture(device, 4, DEFAULT)) {
      FakeTree onlyFirst = FakeTree.chain(1);
      fixture.results(50, StripedImage::random, onlyFirst::walk);
      fixture.results(50, StripedImage::random, onlyFirst::walk);

      assertThat(fixture.loads).extracting(AtomicInteger::get).containsExactly(1, 0, 0, 0, 0);
      assertThat(fixture.times.of(0).load()).isPositive();
      assertThat(fixture.times.of(1).load()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void countsTheLatencyOfAVariationAsTimeOfItsModel(Device device) {
    try (RoutedFixture fixture = new RoutedFixture(device, 4, DEFAULT)) {
      fixture.models.get(0).varied(new ModelVariation(Duration.ofMillis(20), 1, Set.of(), 0));
      fixture.results(10, StripedImage::random, FakeTree.chain(1)::walk);

      assertThat(fixture.times.of(0).busy()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }
  }

  @Test
  void closesTheModelsThatItHasLoaded() {
    RoutedFixture fixture = new RoutedFixture(Device.CPU, 4, DEFAULT);
    fixture.results(5, StripedImage::random, FakeTree.chain(1)::walk);
    fixture.close();

    assertThat(fixture.models).extracting(FakeModel::isClosed).startsWith(true, false);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void doesNotReadOrLoadForAKnownAnswer(Device device) {
    try (RoutedFixture fixture = new RoutedFixture(device, 4, DEFAULT)) {
      List<RoutedResult<StripedImage, FakeTree.Walk>> results =
          fixture.results(20, StripedImage::random, FakeTree.chain(0)::walk);

      assertThat(results).hasSize(20).allSatisfy(r -> assertThat(r.source().reads()).hasValue(0));
      assertThat(fixture.loads).allSatisfy(loads -> assertThat(loads).hasValue(0));
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void failsOnlyBadImages(Device device) {
    IntFunction<StripedImage> everyThirdIsBad =
        row ->
            switch (row % 3) {
              case 0 -> StripedImage.white(row);
              case 1 -> StripedImage.of(row, () -> "no image".getBytes(UTF_8));
              default ->
                  StripedImage.of(
                      row,
                      () -> {
                        throw new IOException("The file is not there");
                      });
            };
    try (RoutedFixture fixture = new RoutedFixture(device, 4, DEFAULT)) {
      List<RoutedResult<StripedImage, FakeTree.Walk>> results =
          fixture.results(30, everyThirdIsBad, FakeTree.chain(RoutedFixture.MODELS)::walk);

      for (int i = 0; i < 30; i += 3) {
        assertThat(results.get(i).route().visits()).hasSize(RoutedFixture.MODELS);
        assertThat(results.get(i + 1).failure())
            .hasValueSatisfying(f -> assertThat(f.stage()).isEqualTo("decode"));
        assertThat(results.get(i + 2).failure())
            .hasValue(new Prediction.Failure("read", "The file is not there"));
      }
      assertThat(fixture.times.stages().failed()).isEqualTo(20);
      assertThat(fixture.heldBytesAtEnd()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void continuesOtherRunsAfterAModelFailedInOne(Device device) {
    try (RoutedFixture fixture = new RoutedFixture(device, 4, DEFAULT)) {
      fixture.models.get(2).breakDown(true);
      assertThatThrownBy(
              () ->
                  fixture.results(
                      50, StripedImage::white, FakeTree.chain(RoutedFixture.MODELS)::walk))
          .isInstanceOf(InferenceException.class)
          .hasMessage("Model fake failed");

      fixture.models.get(2).breakDown(false);
      assertThat(
              fixture.results(50, StripedImage::white, FakeTree.chain(RoutedFixture.MODELS)::walk))
          .allSatisfy(r -> assertThat(r.route().visits()).hasSize(RoutedFixture.MODELS));
      assertThat(fixture.models.get(2).openOutputs).hasValue(0);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void reportsWhyAModelCannotBeLoadedAndRetriesForTheNextImage(Device device) {
    try (RoutedFixture fixture = new RoutedFixture(device, 4, DEFAULT)) {
      fixture.missing = Optional.of(1);
      assertThatThrownBy(
              () ->
                  fixture.results(
                      50, StripedImage::white, FakeTree.chain(RoutedFixture.MODELS)::walk))
          .isInstanceOf(InferenceException.class)
          .hasMessage("Cannot read the model 1");

      fixture.missing = Optional.empty();
      assertThat(
              fixture.results(50, StripedImage::white, FakeTree.chain(RoutedFixture.MODELS)::walk))
          .hasSize(50);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void halvesABatchThatDoesNotFitIntoMemory(Device device) {
    try (RoutedFixture fixture = new RoutedFixture(device, 8, DEFAULT)) {
      fixture.models.get(0).withMemoryFor(3);

      assertThat(
              fixture.results(64, StripedImage::white, FakeTree.chain(RoutedFixture.MODELS)::walk))
          .allSatisfy(r -> assertThat(r.route().visits()).hasSize(RoutedFixture.MODELS));
      assertThat(fixture.models.get(0).batches).allMatch(size -> size <= 3);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void endsARunWhoseRouteFails(Device device) {
    try (RoutedFixture fixture = new RoutedFixture(device, 4, DEFAULT)) {
      assertThatThrownBy(
              () ->
                  fixture.results(
                      10, StripedImage::white, FakeTree.chain(RoutedFixture.MODELS + 1)::walk))
          .isInstanceOf(IndexOutOfBoundsException.class);

      assertThat(
              fixture.results(10, StripedImage::white, FakeTree.chain(RoutedFixture.MODELS)::walk))
          .hasSize(10);
    }
  }

  /** On a GPU, only one call runs at a time. */
  @Test
  void endsARunWhoseModelWaitsForACallThatDoesNotReturn() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    ExecutorService otherRun = Executors.newSingleThreadExecutor();
    System.setProperty("seeql.call.seconds", "1");
    try (RoutedFixture fixture = new RoutedFixture(Device.gpu(0), 1, DEFAULT)) {
      FakeModel stuck = fixture.models.get(0);
      stuck.holdUntil(released);
      Future<?> first =
          otherRun.submit(() -> fixture.results(1, StripedImage::white, FakeTree.only(0)::walk));
      await().until(() -> !stuck.batches.isEmpty());

      String reason =
          "Model fake did not return within 1 s for a batch of 1; its call cannot be stopped"
              + " before this process ends (-Dseeql.call.seconds=N allows more time)";
      assertThatThrownBy(() -> fixture.results(1, StripedImage::white, FakeTree.only(1)::walk))
          .isInstanceOf(InferenceException.class)
          .hasMessage(reason);
      assertThatThrownBy(first::get)
          .hasCauseInstanceOf(InferenceException.class)
          .hasRootCauseMessage(reason);
    } finally {
      System.clearProperty("seeql.call.seconds");
      released.countDown();
      otherRun.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void servesSeveralCallersAtOnce(Device device) {
    FakeTree tree = FakeTree.random(new Random(5), RoutedFixture.MODELS);
    try (RoutedFixture fixture = new RoutedFixture(device, 4, DEFAULT)) {
      List<List<RoutedResult<StripedImage, FakeTree.Walk>>> all =
          IntStream.range(0, 4)
              .parallel()
              .mapToObj(caller -> fixture.results(200, StripedImage::random, tree::walk))
              .toList();

      assertThat(all)
          .allSatisfy(
              results ->
                  assertThat(results)
                      .hasSize(200)
                      .allSatisfy(
                          r -> assertThat(r.route().visits()).isEqualTo(tree.visits(r.source()))));
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void dropsImagesInProgressWhenARunIsClosed(Device device) {
    AtomicInteger asked = new AtomicInteger();
    Iterator<StripedImage> endless =
        IntStream.iterate(0, i -> i + 1)
            .peek(i -> asked.incrementAndGet())
            .mapToObj(StripedImage::white)
            .iterator();
    try (RoutedFixture fixture = new RoutedFixture(device, 4, DEFAULT)) {
      try (var run =
          fixture.pipeline.run(
              endless,
              FakeTree.chain(RoutedFixture.MODELS)::walk,
              PipelineOptions.DEFAULT,
              new RoutedTimes(RoutedFixture.MODELS))) {
        run.next();
      }

      assertThat(asked.get()).isLessThan(10_000);
      assertThat(
              fixture.results(50, StripedImage::white, FakeTree.chain(RoutedFixture.MODELS)::walk))
          .hasSize(50);
    }
  }

  @Test
  void givesEachModelItsOwnInputOfTheSamePixels() {
    Map<String, Integer> redness = new TreeMap<>();
    List<RoutedModel> models = new ArrayList<>();
    for (InputFormat format :
        List.of(
            InputFormat.rgb(FakeModel.SIZE, FakeModel.SIZE),
            InputFormat.rgb(FakeModel.SIZE, FakeModel.SIZE).withScale(1 / 510.0))) {
      FakeModel model = new FakeModel(format, Device.CPU);
      models.add(new RoutedModel(model.description(), () -> TunedModel.ofExactBatches(model, 2)));
    }
    Route both =
        new Route() {
          @Override
          public OptionalInt next() {
            return redness.size() < 2 ? OptionalInt.of(redness.size()) : OptionalInt.empty();
          }

          @Override
          public void answer(int model, Prediction prediction) {
            var scores = ((Prediction.Classification) prediction).scores();
            redness.put(
                "model " + model,
                scores.stream()
                    .filter(s -> s.label().equals("red"))
                    .map(s -> Math.round(100 * s.score()))
                    .findFirst()
                    .orElseThrow());
          }
        };
    try (RoutedPipeline pipeline = new RoutedPipeline(models, Device.CPU, 1);
        var run =
            pipeline.run(
                List.of(StripedImage.white(0)).iterator(),
                () -> both,
                PipelineOptions.DEFAULT,
                new RoutedTimes(2))) {
      assertThat(run.next().failure()).isEmpty();

      // 0 to 1 for one model, 0 to 0.5 for the other
      assertThat(redness).isEqualTo(Map.of("model 0", 100, "model 1", 50));
    }
  }
}
