package org.seeql.udf.model;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The models that {@code make_models.py} writes. */
public final class TestModels {
  /** The files of layouts that do not determine the normalization. */
  private static final List<String> NOT_NORMALIZED =
      List.of("logits", "probabilities", "bytes", "half", "tag", "vector", "detr", "efficient_nms");

  /** The layouts of files whose output does not determine it. */
  private static final Map<String, String> LAYOUTS =
      Map.of(
          "logits", "classification",
          "bytes", "classification",
          "half", "classification",
          "tag_logits", "tagging",
          "vector_unnamed", "embedding");

  public static final String LABELS = file("rgb.txt").toString();

  /** Numbered as in torchvision: 0 is the background. */
  public static final String LABELS_AND_BACKGROUND = file("background_rgb.txt").toString();

  private TestModels() {}

  /** The local file of a model, by its engine. */
  public static Map<Engine, Path> files(String name) {
    return Map.of(Engine.findByFileName(name).orElseThrow(), file(name));
  }

  static Path file(String name) {
    try {
      return Path.of(TestModels.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The options that a file needs in addition to its labels and the size of its input. */
  public static Map<String, String> options(String file) {
    Map<String, String> options = new HashMap<>();
    if (NOT_NORMALIZED.stream().anyMatch(file::startsWith)) {
      options.put("normalization", "none");
    }
    LAYOUTS.forEach(
        (name, layout) -> {
          if (file.startsWith(name)) {
            options.put("layout", layout);
          }
        });
    return options;
  }
}
