package org.seeql.udf.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seeql.udf.InferenceException;
import org.seeql.udf.detect.ClassScore;
import org.seeql.udf.detect.ModelVariation;
import org.seeql.udf.image.ImageFile;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.model.Device;

class PipelineLimitsTest {
  /** Each device has a different thread layout; the model is the same fake. */
  static List<Device> devices() {
    return List.of(Device.CPU, Device.gpu(0));
  }

  @ParameterizedTest
  @MethodSource("devices")
  @Timeout(60)
  void endsARunWhoseInputFails(Device device) {
    InputFormat tooLarge = InputFormat.rgb(8192, 8192).withBatch(3);
    try (InferencePipeline pipeline = InferencePipeline.over(new FakeModel(tooLarge, device), 2);
        var results = pipeline.run(List.of(new Red(0)).iterator(), PipelineOptions.DEFAULT)) {
      assertThatThrownBy(results::next)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Invalid capacity: 3 images");
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  @Timeout(60)
  void endsARunWhoseModelDoesNotReturn(Device device) {
    CountDownLatch released = new CountDownLatch(1);
    FakeModel model = FakeModel.ofAnyBatch(device);
    model.holdUntil(released);
    System.setProperty("seeql.call.seconds", "1");
    try (InferencePipeline pipeline = InferencePipeline.over(model, 1)) {
      for (int run = 0; run < 2; run++) {
        try (var results =
            pipeline.run(List.of(new Red(0), new Red(1)).iterator(), PipelineOptions.DEFAULT)) {
          assertThatThrownBy(results::next)
              .isInstanceOf(InferenceException.class)
              .hasMessageMatching(
                  "Model fake did not return within 1 s for a batch of [12]; its call cannot be"
                      + " stopped before this process ends \\(-Dseeql.call.seconds=N allows more"
                      + " time\\)");
        }
      }
    } finally {
      System.clearProperty("seeql.call.seconds");
      // the pipeline is closed, but not the model that a thread still uses
      assertThat(model.isClosed()).isFalse();
      released.countDown();
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  @Timeout(60)
  void closesTheModelWhenTheClosingThreadIsInterrupted(Device device) throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    FakeModel model = FakeModel.ofAnyBatch(device);
    model.holdUntil(released);
    InferencePipeline pipeline = InferencePipeline.over(model, 1);
    try (var results = pipeline.run(List.of(new Red(0)).iterator(), PipelineOptions.DEFAULT)) {
      assertThat(results.hasNext()).isTrue();
      await().until(() -> !model.batches.isEmpty());
      Thread interrupted = Thread.currentThread();
      Thread releasing =
          PipelineThreads.start(
              "releasing",
              () -> {
                await().until(() -> interrupted.getState() == Thread.State.TIMED_WAITING);
                released.countDown();
              });

      Thread.currentThread().interrupt();
      pipeline.close();

      assertThat(Thread.interrupted()).isTrue();
      assertThat(model.isClosed()).isTrue();
      assertThat(model.openOutputs).hasValue(0);
      releasing.join();
    } finally {
      released.countDown();
    }
  }

  @Test
  void findsTheBestCoveredClassBehindBetterOnes() {
    PipelineOptions greenOnly =
        PipelineOptions.DEFAULT
            .withTopClasses(1)
            .withVariation(new ModelVariation(Duration.ZERO, 1, Set.of(1), 0));
    try (InferencePipeline pipeline = InferencePipeline.over(FakeModel.ofAnyBatch(Device.CPU), 1);
        var results = pipeline.run(List.of(new Red(0)).iterator(), greenOnly)) {
      Prediction.Classification seen = (Prediction.Classification) results.next().prediction();

      assertThat(seen.scores()).containsExactly(new ClassScore(1, "green", 0));
    }
  }

  @Test
  void findsOnlyTheCoveredClassesOfAModelThatIsAVariation() {
    ModelVariation greenOnly = new ModelVariation(Duration.ZERO, 1, Set.of(1), 0);
    FakeModel model = FakeModel.ofAnyBatch(Device.CPU).varied(greenOnly);
    try (InferencePipeline pipeline = InferencePipeline.over(model, 1);
        var results = pipeline.run(List.of(new Red(0)).iterator(), PipelineOptions.DEFAULT)) {
      Prediction.Classification seen = (Prediction.Classification) results.next().prediction();

      assertThat(seen.scores()).containsExactly(new ClassScore(1, "green", 0));
    }
    assertThat(model.description().coveredLabels()).containsExactly("green");
  }

  private record Red(long row) implements ImageSource {
    @Override
    public ImageFile open() throws IOException {
      BufferedImage image =
          new BufferedImage(FakeModel.SIZE, FakeModel.SIZE, BufferedImage.TYPE_INT_RGB);
      image.setRGB(0, 0, 0xff0000);
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(image, "png", png);
      return ImageFile.of(png.toByteArray());
    }
  }
}
