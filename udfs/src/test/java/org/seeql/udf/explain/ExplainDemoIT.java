package org.seeql.udf.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.udf.batch.ImageSource;
import org.seeql.udf.batch.InferencePipeline;
import org.seeql.udf.batch.PipelineOptions;
import org.seeql.udf.batch.StageTimes;
import org.seeql.udf.image.ImageFile;
import org.seeql.udf.image.RegularFile;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.ModelLoader;
import org.seeql.udf.model.ModelProbe;

/** Explains models of the demo. */
class ExplainDemoIT {
  private static final Path DEMO = Path.of("..", "demo");
  private static final int DETECTIONS = 50;

  private record DemoImage(long row, Path file) implements ImageSource {
    @Override
    public ImageFile open() throws IOException {
      return RegularFile.open(file, RegularFile.Guard.NONE);
    }
  }

  private static List<DemoImage> images(int count) throws IOException {
    try (Stream<Path> files = Files.list(DEMO.resolve("images/show"))) {
      List<Path> sorted = files.sorted().limit(count).toList();
      List<DemoImage> images = new ArrayList<>();
      sorted.forEach(file -> images.add(new DemoImage(images.size(), file)));
      return images;
    }
  }

  private static InferencePipeline pipeline(
      String name, String layout, String inputSize, Engine engine) {
    Path models = DEMO.resolve("models");
    String ending = engine == Engine.ONNX ? ".onnx" : ".torchscript";
    Map<Engine, Path> files = Map.of(engine, models.resolve(name + ending));
    Map<String, String> options =
        Map.of(
            "layout",
            layout,
            "input_size",
            inputSize,
            "normalization",
            "none",
            "labels",
            models.resolve(name + ".labels.txt").toString());
    return InferencePipeline.over(
        ModelLoader.load(ModelProbe.probe(name, files, options), files, Device.CPU, 1), 2);
  }

  private static SaliencyOptions options(SaliencyMethod method, int masks) {
    int grid = method == SaliencyMethod.DRISE ? 16 : 7;
    return new SaliencyOptions(method, List.of(), masks, grid, 0.5, 1, 0.2, 0.1, false);
  }

  private static List<Explanation> explain(
      InferencePipeline pipeline, SaliencyOptions options, DemoImage image) {
    return new ImageExplainer(pipeline, PipelineOptions.DEFAULT, options, new StageTimes())
        .explain(image, Long.toString(image.row()))
        .explanations();
  }

  @ParameterizedTest
  @CsvSource({"ranger, yolov5, 256, DRISE", "places, classification, 128, RISE"})
  void onnxAndTorchScriptGiveTheSameMaps(
      String name, String layout, String inputSize, SaliencyMethod method) throws IOException {
    try (InferencePipeline onnx = pipeline(name, layout, inputSize, Engine.ONNX);
        InferencePipeline torch = pipeline(name, layout, inputSize, Engine.TORCHSCRIPT)) {
      for (DemoImage image : images(2)) {
        List<Explanation> first = explain(onnx, options(method, 100), image);
        List<Explanation> second = explain(torch, options(method, 100), image);

        assertThat(first).isNotEmpty().hasSameSizeAs(second);
        for (int i = 0; i < first.size(); i++) {
          assertThat(first.get(i).answer().label()).isEqualTo(second.get(i).answer().label());
          assertThat(Correlation.of(values(first.get(i)), values(second.get(i))))
              .isGreaterThanOrEqualTo(0.99);
        }
      }
    }
  }

  private static double[] values(Explanation explanation) {
    double[] values = new double[SaliencyMap.CELLS];
    for (int cell = 0; cell < values.length; cell++) {
      values[cell] = explanation.map().value(cell % SaliencyMap.SIDE, cell / SaliencyMap.SIDE);
    }
    return values;
  }

  /** A random map is as smooth as a map: its masks have random weights. */
  @Test
  void mapsNameWhatTheDetectorNeedsBetterThanRandomMaps() throws IOException {
    SaliencyOptions options = options(SaliencyMethod.DRISE, 300);
    int better = 0;
    int compared = 0;
    double sum = 0;
    double randomSum = 0;
    try (InferencePipeline pipeline = pipeline("ranger", "yolov5", "256", Engine.ONNX)) {
      ImageExplainer explainer =
          new ImageExplainer(pipeline, PipelineOptions.DEFAULT, options, new StageTimes());
      Iterator<DemoImage> images = images(100).iterator();
      while (compared < DETECTIONS) {
        DemoImage image = images.next();
        for (Explanation explanation : explain(pipeline, options, image)) {
          if (compared == DETECTIONS) {
            break;
          }
          double deletion =
              explainer.deletion(image, explanation.answer(), explanation.map().order());
          double random =
              explainer.deletion(image, explanation.answer(), randomMap(compared).order());
          better += deletion < random ? 1 : 0;
          sum += deletion;
          randomSum += random;
          compared++;
        }
      }
    }
    System.out.printf(
        "deletion AUC: %.4f, of random maps %.4f; better for %d of %d detections%n",
        sum / compared, randomSum / compared, better, compared);
    assertThat(better).isGreaterThanOrEqualTo(DETECTIONS * 9 / 10);
  }

  private static SaliencyMap randomMap(int seed) {
    SplittableRandom weights = new SplittableRandom(seed);
    SaliencySum sum = new SaliencySum();
    Iterator<Mask> masks = new GridMasks(options(SaliencyMethod.DRISE, 300), "random " + seed, 300);
    double[] centres = Mask.centres(SaliencyMap.SIDE);
    while (masks.hasNext()) {
      sum.add(
          0,
          masks.next().at(centres, centres, SaliencyMap.SIDE, SaliencyMap.SIDE),
          weights.nextDouble());
    }
    return SaliencyMap.scaled(sum.values());
  }
}
