package org.seeql.udf.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.udf.detect.ModelVariation;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.DecodedImage;
import org.seeql.udf.image.ExifRotation;
import org.seeql.udf.image.PixelReader;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.LoadedModel;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelLoader;
import org.seeql.udf.model.ModelProbe;
import org.seeql.udf.model.TestModels;

class ModelTimerIT {
  private static final Thresholds THRESHOLDS = new Thresholds(0.25, 0.45, 300);

  private DecodedImage image;

  @BeforeEach
  void decode() throws Exception {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(128, 96, BufferedImage.TYPE_3BYTE_BGR), "png", png);
    try (PixelReader reader = new PixelReader();
        LoadedModel model = load("yolov8.onnx")) {
      image =
          reader.read(
              png.toByteArray(),
              ExifRotation.APPLY,
              1_000_000,
              List.of(model.description().input()));
    }
  }

  @AfterEach
  void release() {
    image.close();
  }

  private static LoadedModel load(String file) {
    return load(file, ModelVariation.NONE);
  }

  private static LoadedModel load(String file, ModelVariation variation) {
    ModelDescription description =
        ModelProbe.probe(file, TestModels.files(file), Map.of("labels", TestModels.LABELS))
            .variedAs(file, variation);
    return ModelLoader.load(description, TestModels.files(file), Device.CPU, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void timesEveryPartOfEnoughCalls(int batchSize) {
    try (LoadedModel model = load("yolov8.onnx")) {
      ModelTimer.Times times = new ModelTimer(model, THRESHOLDS).time(List.of(image), batchSize);

      assertThat(times.calls()).isBetween(7, 200);
      assertThat(times.prepare()).isPositive();
      assertThat(times.run()).isPositive();
      assertThat(times.postprocess()).isNotNegative();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void countsTheLatencyOfAVariationAsTimeOfTheModel(int batchSize) {
    ModelVariation slow = new ModelVariation(Duration.ofMinutes(2), 1, Set.of(), 0);
    try (LoadedModel model = load("yolov8.onnx", slow)) {
      ModelTimer.Times times = new ModelTimer(model, THRESHOLDS).time(List.of(image), batchSize);

      assertThat(times.run()).isEqualTo(120);
    }
  }

  @Test
  void refusesToTimeZeroImages() {
    try (LoadedModel model = load("yolov8.onnx")) {
      ModelTimer timer = new ModelTimer(model, THRESHOLDS);

      assertThatThrownBy(() -> timer.time(List.of(), 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("images is empty");
    }
  }
}
