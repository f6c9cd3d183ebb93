package org.seeql.udf.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.udf.batch.ImageSource;
import org.seeql.udf.batch.InferencePipeline;
import org.seeql.udf.batch.PipelineOptions;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.batch.StageTimes;
import org.seeql.udf.image.ImageFile;

/** Explains a model that looks at one known rectangle only. */
class ImageExplainerTest {
  private static final int SIDE = 64;
  private static final RectangleModel.Rectangle RECTANGLE =
      new RectangleModel.Rectangle(36, 10, 52, 26);

  private static SaliencyOptions options(SaliencyMethod method, int masks) {
    return new SaliencyOptions(method, List.of("bright"), masks, 8, 0.5, 1, 0.2, 0.1, true);
  }

  private static ExplainedImage explain(
      RectangleModel model, SaliencyOptions options, ImageSource image, String id) {
    try (InferencePipeline pipeline = InferencePipeline.over(model, 2)) {
      return new ImageExplainer(pipeline, PipelineOptions.DEFAULT, options, new StageTimes())
          .explain(image, id);
    }
  }

  private static List<Explanation> explain(String layout, SaliencyOptions options, String id) {
    RectangleModel model = new RectangleModel(layout, SIDE, RECTANGLE);
    return explain(model, options, new WhiteImage(SIDE, SIDE), id).explanations();
  }

  @ParameterizedTest
  @CsvSource({
    "yolov8, DRISE",
    "yolov8, OCCLUSION",
    "yolov5, DRISE",
    "yolov5, OCCLUSION",
    "classification, RISE",
    "classification, OCCLUSION",
    "tagging, RISE",
    "tagging, OCCLUSION"
  })
  void pointsAtTheRectangleInEveryImage(String layout, SaliencyMethod method) {
    for (int id = 0; id < 20; id++) {
      List<Explanation> explanations = explain(layout, options(method, 600), "image " + id);

      assertThat(explanations).hasSize(1);
      Explanation explanation = explanations.get(0);
      assertThat(explanation.map().peakAcross() * SIDE).isBetween(36.0, 52.0);
      assertThat(explanation.map().peakDown() * SIDE).isBetween(10.0, 26.0);
      Faithfulness faithfulness = explanation.faithfulness().orElseThrow();
      assertThat(faithfulness.deletion()).isLessThan(faithfulness.insertion());
    }
  }

  @Test
  void agreesWithTheDefinitionInPython() throws IOException {
    JsonNode cases;
    try (InputStream file = ImageExplainerTest.class.getResourceAsStream("maps.json")) {
      cases = new ObjectMapper().readTree(file);
    }
    assertThat(cases).hasSize(3);
    RectangleModel model =
        new RectangleModel("classification", 192, new RectangleModel.Rectangle(108, 68, 144, 92));

    for (JsonNode expected : cases) {
      SaliencyOptions options =
          new SaliencyOptions(
              SaliencyMethod.RISE,
              List.of("bright"),
              expected.get("masks").asInt(),
              expected.get("grid").asInt(),
              expected.get("probability").asDouble(),
              expected.get("seed").asLong(),
              0.2,
              0.1,
              false);

      Explanation explanation =
          explain(model, options, new WhiteImage(192, 64), expected.get("id").asText())
              .explanations()
              .get(0);

      assertThat(explanation.masks()).isEqualTo(expected.get("masks").asInt());
      assertThat(explanation.stability().orElseThrow())
          .isCloseTo(expected.get("stability").asDouble(), within(1e-4));
      for (int cell = 0; cell < SaliencyMap.CELLS; cell++) {
        assertThat((double) explanation.map().value(cell % SIDE, cell / SIDE))
            .isCloseTo(expected.get("map").get(cell).asDouble(), within(1e-4));
      }
    }
  }

  @Test
  void stopsWhenBothHalvesOfTheMasksAgree() {
    Explanation explanation =
        explain("classification", options(SaliencyMethod.RISE, 100_000), "1").get(0);

    assertThat(explanation.stability().orElseThrow()).isGreaterThanOrEqualTo(0.95);
    assertThat(explanation.masks()).isLessThan(100_000).matches(masks -> masks % 100 == 0);
  }

  @Test
  void givesTheSameMapForTheSameIdOnly() {
    SaliencyOptions options = options(SaliencyMethod.RISE, 100);

    byte[] first = explain("classification", options, "1").get(0).map().png();

    assertThat(explain("classification", options, "1").get(0).map().png()).isEqualTo(first);
    assertThat(explain("classification", options, "2").get(0).map().png()).isNotEqualTo(first);
  }

  @Test
  void measuresTheEnergyInTheBoxOfADetection() {
    Explanation box = explain("yolov8", options(SaliencyMethod.OCCLUSION, 100), "1").get(0);
    Explanation whole =
        explain("classification", options(SaliencyMethod.OCCLUSION, 100), "1").get(0);

    // the windows have 12.8 pixels: most of the energy is next to the rectangle of 16 pixels
    assertThat(box.energyInBox().orElseThrow()).isBetween(0.3, 0.7);
    assertThat(box.stability()).isEmpty();
    assertThat(whole.energyInBox()).isEmpty();
  }

  @Test
  void explainsEachAnswerThatReachesTheConfidence() {
    SaliencyOptions all =
        new SaliencyOptions(SaliencyMethod.RISE, List.of(), 100, 8, 0.5, 1, 0.2, 0.1, false);

    assertThat(explain("tagging", all, "1"))
        .extracting(explanation -> explanation.answer().label())
        .containsExactly("bright");
    assertThat(explain("classification", all, "1"))
        .extracting(explanation -> explanation.answer().label())
        .containsExactly("bright");
  }

  @Test
  void explainsNothingInAnImageThatCannotBeDecoded() {
    ImageSource broken =
        new ImageSource() {
          @Override
          public long row() {
            return 1;
          }

          @Override
          public ImageFile open() throws IOException {
            return ImageFile.of(new byte[] {1, 2, 3});
          }
        };

    ExplainedImage image =
        explain(
            new RectangleModel("classification", SIDE, RECTANGLE),
            options(SaliencyMethod.RISE, 100),
            broken,
            "1");

    assertThat(image.prediction()).isInstanceOf(Prediction.Failure.class);
    assertThat(image.explanations()).isEmpty();
  }

  @Test
  void writesMapsAsGreyImages() throws IOException {
    SaliencyMap map = explain("yolov8", options(SaliencyMethod.OCCLUSION, 100), "1").get(0).map();

    BufferedImage png = ImageIO.read(new ByteArrayInputStream(map.png()));

    assertThat(png.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
    assertThat(png.getWidth()).isEqualTo(64);
    assertThat(png.getHeight()).isEqualTo(64);
    for (int cell = 0; cell < SaliencyMap.CELLS; cell += 7) {
      assertThat(png.getRaster().getSample(cell % SIDE, cell / SIDE, 0))
          .isEqualTo(Math.round(map.value(cell % SIDE, cell / SIDE) * 255));
    }
  }
}
