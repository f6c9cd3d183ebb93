package org.seeql.udf.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.seeql.udf.InferenceException;
import org.seeql.udf.image.InputFormat;

/** Finds out what a model's files are, by running them once. */
public final class ModelProbe {
  private ModelProbe() {}

  /** The names of the options below, in the order in which they are told. */
  public static List<String> optionNames() {
    return ModelOptionsParser.NAMES;
  }

  /**
   * Describes a model. What the options leave open is read from the file or guessed from the
   * output's shape where that is certain.
   *
   * <table>
   * <caption>Options</caption>
   * <tr><td>layout</td><td>yolov5 (also yolov3, yolov7), yolov8, yolox, torchvision,
   * classification</td></tr>
   * <tr><td>input_size</td><td>640, or 640x480 for width x height</td></tr>
   * <tr><td>labels</td><td>coco80, coco91, voc20, or a text file with one label per line</td></tr>
   * <tr><td>color</td><td>rgb, bgr</td></tr>
   * <tr><td>letterbox</td><td>centered, top_left, stretch, center_crop</td></tr>
   * <tr><td>padding</td><td>0 to 255</td></tr>
   * <tr><td>scale</td><td>1/255 or a number: what a pixel of 0 to 255 is multiplied by</td></tr>
   * <tr><td>mean, std</td><td>one number or three, after scaling, in the order of color</td></tr>
   * <tr><td>precision</td><td>of the input: float32, float16, uint8</td></tr>
   * <tr><td>axes</td><td>of the input: nchw, nhwc</td></tr>
   * <tr><td>batch</td><td>the one batch size that the model takes</td></tr>
   * <tr><td>softmax</td><td>of a classification's output: true, false, auto</td></tr>
   * </table>
   *
   * @param localFiles a local copy of the model in one or more formats; the description names these
   *     places, see {@link ModelDescription#locatedAt}
   * @param options by name; {@code uri} and {@code sha256} are passed over
   * @throws InferenceException when an option is unknown or wrong, when a file is not a model, or
   *     when options and model do not fit; with what the model's input and output really are
   */
  public static ModelDescription probe(
      String name, Map<Engine, Path> localFiles, Map<String, String> options) {
    if (localFiles.isEmpty()) {
      throw new IllegalArgumentException("Model " + name + " has no file");
    }
    ModelOptions said = ModelOptionsParser.parse(name, options);
    Map<Engine, ProbedFile> probed = new EnumMap<>(Engine.class);
    List<ModelFile> files = new ArrayList<>();
    new EnumMap<>(localFiles)
        .forEach(
            (engine, path) -> {
              probed.put(engine, FileProbe.probe(name, engine, path, said));
              files.add(new ModelFile(engine, path.toUri(), sha256(path)));
            });
    ProbedFile result = agreed(name, probed);
    return new ModelDescription(
        name, result.layout(), result.input(), result.labels(), files, result.activation());
  }

  private static String sha256(Path file) {
    try {
      return ModelFile.sha256(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static ProbedFile agreed(String name, Map<Engine, ProbedFile> probed) {
    ProbedFile agreed = null;
    for (ProbedFile next : probed.values()) {
      if (agreed == null) {
        agreed = next;
        continue;
      }
      // one file may take any batch where the other takes one size only
      int batch = Math.max(agreed.input().batch(), next.input().batch());
      InputFormat left = agreed.input().withBatch(batch);
      if (agreed.layout() != next.layout() || !left.equals(next.input().withBatch(batch))) {
        throw new InferenceException(
            "Cannot use the files of model "
                + name
                + " as one model, for they differ: "
                + probed.entrySet().stream()
                    .map(entry -> entry.getKey() + " is " + entry.getValue().summary())
                    .reduce((a, b) -> a + "; " + b)
                    .orElseThrow());
      }
      agreed = new ProbedFile(left, agreed.layout(), agreed.labels(), agreed.activation());
    }
    return agreed;
  }
}
