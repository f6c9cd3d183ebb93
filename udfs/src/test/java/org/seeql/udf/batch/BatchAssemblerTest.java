package org.seeql.udf.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.seeql.udf.InferenceException;
import org.seeql.udf.model.Device;

@Timeout(60)
class BatchAssemblerTest {
  private static final InferenceException REASON = new InferenceException("Model fake is stuck");

  private final FakeModel model = FakeModel.ofAnyBatch(Device.gpu(0));

  private ModelTask<StripedImage> image(int row) {
    return ModelTasks.of(model, StripedImage.white(row));
  }

  @Test
  void endsTheImagesOfAFullBatchOfWhichOneIsDecodedAfterTheStop() throws InterruptedException {
    try (BatchAssembler assembler = new BatchAssembler(model.description().input(), 1)) {
      ModelTask<StripedImage> early = image(0);
      ModelTask<StripedImage> late = image(1);
      BatchAssembler.Slot first = assembler.claim(2).orElseThrow();
      BatchAssembler.Slot second = assembler.claim(2).orElseThrow();
      assembler.decide(first, Optional.of(early));

      assembler.stop(REASON);
      assembler.decide(second, Optional.of(late));

      for (ModelTask<StripedImage> image : List.of(early, late)) {
        assertThat(image.isDone()).isTrue();
        assertThatThrownBy(image::await).isSameAs(REASON);
      }
    }
  }

  @Test
  void endsTheImagesOfAPartOfABatchThatIsDecodedAfterTheStop() throws InterruptedException {
    try (BatchAssembler assembler = new BatchAssembler(model.description().input(), 1)) {
      ModelTask<StripedImage> image = image(0);
      BatchAssembler.Slot slot = assembler.claim(2).orElseThrow();

      assembler.stop(REASON);
      assembler.decide(slot, Optional.of(image));

      assertThat(image.isDone()).isTrue();
      assertThatThrownBy(image::await).isSameAs(REASON);
    }
  }

  @Test
  void endsTheDecodedImageOfABatchWhoseLastImageFailsAfterTheStop() throws InterruptedException {
    try (BatchAssembler assembler = new BatchAssembler(model.description().input(), 1)) {
      ModelTask<StripedImage> image = image(0);
      BatchAssembler.Slot first = assembler.claim(2).orElseThrow();
      BatchAssembler.Slot second = assembler.claim(2).orElseThrow();
      assembler.decide(first, Optional.of(image));

      assembler.stop(REASON);
      assembler.decide(second, Optional.empty());

      assertThat(image.isDone()).isTrue();
      assertThatThrownBy(image::await).isSameAs(REASON);
    }
  }
}
