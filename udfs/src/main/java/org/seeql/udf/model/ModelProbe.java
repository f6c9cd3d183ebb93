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
import org.seeql.udf.layout.ExportMetadata;

/** Determines the properties of a model by running its files once. */
public final class ModelProbe {
  private ModelProbe() {}

  /** The names of the options below, in the order in which they are listed. */
  public static List<String> optionNames() {
    return ModelOptionsParser.NAMES;
  }

  /**
   * Checks options without the files of a model.
   *
   * @throws InferenceException with every problem of the options
   */
  public static void checkOptions(String name, Map<String, String> options) {
    ModelOptionsParser.parse(name, options);
  }

  /**
   * Describes a model. Properties that the options do not specify are read from the file. Otherwise
   * they are determined from the outputs for a blank image and for noise. If that is ambiguous, the
   * message names the options that are required.
   *
   * <table>
   * <caption>Options</caption>
   * <tr><td>layout</td><td>a name or an alias of {@link
   * org.seeql.udf.layout.OutputLayouts}</td></tr>
   * <tr><td>input_size</td><td>640, or 640x480 for width x height</td></tr>
   * <tr><td>labels</td><td>coco80, coco91, voc20, or a text file with one label per line</td></tr>
   * <tr><td>color</td><td>rgb, bgr</td></tr>
   * <tr><td>letterbox</td><td>centered, top_left, stretch, center_crop</td></tr>
   * <tr><td>padding</td><td>0 to 255</td></tr>
   * <tr><td>scale</td><td>1/255 or a number: the factor for a pixel of 0 to 255</td></tr>
   * <tr><td>normalization</td><td>usual values of mean and std: none, imagenet, half,
   * clip</td></tr>
   * <tr><td>mean, std</td><td>one number or three, after scaling, in the order of color</td></tr>
   * <tr><td>precision</td><td>of the input: float32, float16, uint8</td></tr>
   * <tr><td>axes</td><td>of the input: nchw, nhwc</td></tr>
   * <tr><td>batch</td><td>the only batch size that the model accepts</td></tr>
   * <tr><td>activation</td><td>of the scores: none, softmax, sigmoid, auto</td></tr>
   * </table>
   *
   * @param localFiles a local copy of the model in one or more formats; the description contains
   *     these locations, see {@link ModelDescription#locatedAt}
   * @param options by name; {@code uri} and {@code sha256} are ignored
   * @throws InferenceException if an option is unknown or invalid, if a file is not a model, or if
   *     options and model do not match; the message contains the model's actual input and output
   */
  public static ModelDescription probe(
      String name, Map<Engine, Path> localFiles, Map<String, String> options) {
    if (localFiles.isEmpty()) {
      throw new IllegalArgumentException("Model " + name + " has no file");
    }
    ModelOptions parsed = ModelOptionsParser.parse(name, options);
    Map<Engine, ProbedFile> probed = new EnumMap<>(Engine.class);
    List<ModelFile> files = new ArrayList<>();
    ExportMetadata metadata = ExportMetadata.NONE;
    // ONNX first: it declares its input, and usually has metadata
    for (Engine engine : List.of(Engine.ONNX, Engine.TORCHSCRIPT)) {
      Path path = localFiles.get(engine);
      if (path != null) {
        ProbedFile file = FileProbe.probe(name, engine, path, parsed, metadata);
        metadata = file.metadata();
        probed.put(engine, file);
        files.add(new ModelFile(engine, path.toUri(), sha256(path)));
      }
    }
    ProbedFile result = agreed(name, probed);
    return new ModelDescription(
        name,
        result.layout(),
        result.input(),
        result.labels(),
        files,
        result.activation(),
        result.evidence());
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
      // one file may accept any batch size although the other accepts only one
      int batch = Math.max(agreed.input().tensor().batch(), next.input().tensor().batch());
      InputFormat left = agreed.input().withBatch(batch);
      if (agreed.layout() != next.layout() || !left.equals(next.input().withBatch(batch))) {
        throw new InferenceException(
            "Cannot use the files of model "
                + name
                + " as one model, because they differ: "
                + probed.entrySet().stream()
                    .map(entry -> entry.getKey() + " is " + entry.getValue().summary())
                    .reduce((a, b) -> a + "; " + b)
                    .orElseThrow());
      }
      agreed =
          new ProbedFile(
              left,
              agreed.layout(),
              agreed.labels(),
              agreed.activation(),
              agreed.evidence(),
              agreed.metadata());
    }
    return agreed;
  }
}
