package org.seeql.job.model;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.udf.InferenceException;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.IsolatedProbe;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelFile;

/** Describes models from their files. */
public final class ModelFiles {
  private final ModelCache cache;
  private final Path baseDirectory;

  /**
   * Describes files that are named on this machine.
   *
   * @param cache the cache for fetched files
   * @param baseDirectory the directory to which relative paths refer
   */
  public ModelFiles(ModelCache cache, Path baseDirectory) {
    this.cache = requireNonNull(cache, "cache is null");
    this.baseDirectory = requireNonNull(baseDirectory, "baseDirectory is null");
  }

  /**
   * Fetches the files of a model and determines its properties by running it once.
   *
   * @param uris one per format: paths, or URIs that Hadoop can read
   * @param options the options of {@code CREATE MODEL}, by name
   * @throws InferenceException if the files are not a model, or do not match the options
   */
  public ModelDescription describe(String name, List<String> uris, Map<String, String> options) {
    Map<Engine, URI> places = new EnumMap<>(Engine.class);
    Map<Engine, ModelCache.Copy> copies = new EnumMap<>(Engine.class);
    for (String text : uris) {
      URI uri = ModelLocation.resolve("model", text, baseDirectory);
      Engine engine = ModelLocation.engine(uri, options);
      if (places.put(engine, uri) != null) {
        throw new InferenceException(
            "Cannot create model '%s': two of its files are %s; uri takes one file per format"
                .formatted(name, engine));
      }
      copies.put(engine, cache.fetch(engine, uri));
    }
    Map<String, String> own = new LinkedHashMap<>(options);
    own.remove(ModelLocation.ENGINE_OPTION);
    Map<Engine, Path> files = new EnumMap<>(Engine.class);
    Map<String, String> given = new LinkedHashMap<>();
    copies.forEach(
        (engine, copy) -> {
          files.put(engine, copy.path());
          given.put(copy.path().toString(), places.get(engine).toString());
        });
    Optional.ofNullable(own.get("labels"))
        .flatMap(this::labelFile)
        .ifPresent(file -> given.putIfAbsent(file, own.put("labels", file)));
    ModelDescription probed = probe(name, files, own, given);
    List<ModelFile> kept = new ArrayList<>();
    copies.forEach(
        (engine, copy) ->
            kept.add(new ModelFile(engine, places.get(engine), copy.sha256(), copy.weights())));
    return new ModelDescription(
        name,
        probed.layout(),
        probed.input(),
        probed.labels(),
        kept,
        probed.activation(),
        probed.evidence());
  }

  /** The local file of labels, if the option names a file. */
  private Optional<String> labelFile(String labels) {
    return ModelLocation.isUri(labels)
        ? Optional.of(
            cache.fetchLabels(ModelLocation.resolve("labels", labels, baseDirectory)).toString())
        : ModelLocation.labelFile(labels, baseDirectory);
  }

  /**
   * Runs the files once.
   *
   * @param given the user's names of the files, for messages, by the paths of the local copies
   */
  private static ModelDescription probe(
      String name,
      Map<Engine, Path> files,
      Map<String, String> options,
      Map<String, String> given) {
    try {
      return IsolatedProbe.probe(name, files, options);
    } catch (InferenceException e) {
      String message = String.valueOf(e.getMessage());
      for (Map.Entry<String, String> file : given.entrySet()) {
        message = message.replace(file.getKey(), file.getValue());
      }
      throw new InferenceException(message, e);
    }
  }
}
