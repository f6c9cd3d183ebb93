package org.seeql.job.model;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.seeql.planner.message.NearestNames;
import org.seeql.udf.InferenceException;
import org.seeql.udf.model.Engine;

/** Parses the locations of a model's files in CREATE MODEL. */
final class ModelLocation {
  static final String ENGINE_OPTION = "engine";

  // A single letter is a drive
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");

  private ModelLocation() {}

  /** Whether a location has a URI scheme. */
  static boolean isUri(String text) {
    return SCHEME.matcher(text).matches();
  }

  /**
   * Resolves a location to an absolute URI; a path is relative to the base directory.
   *
   * @param what the kind of the file, for people
   */
  static URI resolve(String what, String text, Path baseDirectory) {
    try {
      if (isUri(text)) {
        URI uri = URI.create(text.replace(" ", "%20"));
        return "file".equalsIgnoreCase(uri.getScheme()) && uri.getPath() != null
            ? Path.of(uri.getPath()).toUri()
            : uri;
      }
      return baseDirectory.resolve(text).normalize().toUri();
    } catch (InvalidPathException e) {
      throw new InferenceException(
          "Cannot read the %s '%s': it is not a path".formatted(what, text), e);
    } catch (IllegalArgumentException e) {
      throw new InferenceException(
          "Cannot read the %s '%s': it is not a URI".formatted(what, text), e);
    }
  }

  /** The format of a file: the value of the option, else the format of the file name extension. */
  static Engine engine(URI uri, Map<String, String> options) {
    String named = options.get(ENGINE_OPTION);
    if (named != null) {
      for (Engine engine : Engine.values()) {
        if (engine.toString().equalsIgnoreCase(named)) {
          return engine;
        }
      }
      throw new InferenceException(
          NearestNames.unknown("engine", named, List.of("torchscript", "onnx")));
    }
    String path = String.valueOf(uri.getPath());
    return Engine.findByFileName(path)
        .orElseThrow(
            () ->
                new InferenceException(
                    ForeignModelFormat.find(path)
                        .map(
                            format -> "Cannot use the model %s: %s".formatted(uri, format.advice()))
                        .orElse(
                            "Cannot determine the format of the model %s from its name; set engine = 'torchscript' or 'onnx'"
                                .formatted(uri))));
  }

  /**
   * The absolute path of a labels file, if the option names an existing file relative to the base
   * directory.
   */
  static Optional<String> labelFile(String labels, Path baseDirectory) {
    try {
      Path file = baseDirectory.resolve(labels);
      return Files.isRegularFile(file) ? Optional.of(file.toString()) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
