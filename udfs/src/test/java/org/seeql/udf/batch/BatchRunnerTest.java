package org.seeql.udf.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.seeql.udf.InferenceException;
import org.seeql.udf.image.InputBuffer;
import org.seeql.udf.model.Device;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchRunnerTest {
  private final FakeModel model = FakeModel.ofAnyBatch(Device.gpu(0));
  private final CallWatch watch = new CallWatch(Duration.ofMinutes(1), reason -> {});
  private final ModelTask<StripedImage> image = ModelTasks.of(model, StripedImage.white(0));

  @Test
  void endsTheImagesOfAThreadThatIsInterruptedWhileItWaitsForAnotherCall() {
    BatchRunner runner =
        new BatchRunner(model, BatchSizeTuner.of(1), Runnable::run, new Semaphore(0), watch);
    try (InputBuffer buffer = new InputBuffer(model.description().input(), 1)) {
      Thread.currentThread().interrupt();
      runner.run(buffer, List.of(image));

      assertThat(Thread.interrupted()).isTrue();
      assertThatThrownBy(image::await)
          .isInstanceOf(InferenceException.class)
          .hasMessage(
              "Cannot run model fake: the thread was interrupted while another call was running");
    }
  }

  @Test
  void closesTheOutputsThatNoThreadReads() {
    ExecutorService postprocessing = Executors.newSingleThreadExecutor();
    postprocessing.shutdown();
    BatchRunner runner = new BatchRunner(model, BatchSizeTuner.of(1), postprocessing, watch);
    try (InputBuffer buffer = new InputBuffer(model.description().input(), 1)) {
      runner.run(buffer, List.of(image));

      assertThat(model.batches).containsExactly(1);
      assertThat(model.openOutputs).hasValue(0);
      assertThatThrownBy(image::await).isInstanceOf(RejectedExecutionException.class);
    }
  }
}
