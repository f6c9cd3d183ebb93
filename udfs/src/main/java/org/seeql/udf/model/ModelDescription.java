package org.seeql.udf.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.layout.Activation;
import org.seeql.udf.layout.OutputLayout;

/**
 * Everything that is needed to run a model, except the content of its files. Immutable.
 *
 * @param labels the name of each class, by class id
 * @param files the same model in one or more formats, at most one per engine
 * @param activation of the scores; {@link Activation#NONE} if they are probabilities
 * @param evidence for each property that no option specified
 */
public record ModelDescription(
    String name,
    OutputLayout layout,
    InputFormat input,
    List<String> labels,
    List<ModelFile> files,
    Activation activation,
    List<Evidence> evidence)
    implements Serializable {
  public ModelDescription {
    requireNonNull(name, "name is null");
    requireNonNull(layout, "layout is null");
    requireNonNull(input, "input is null");
    requireNonNull(activation, "activation is null");
    labels = List.copyOf(labels);
    files = List.copyOf(files);
    evidence = List.copyOf(evidence);
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("Model " + name + " has no labels");
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("Model " + name + " has no files");
    }
    if (files.stream().map(ModelFile::engine).distinct().count() != files.size()) {
      throw new IllegalArgumentException("Model " + name + " has two files of one engine");
    }
  }

  public Optional<ModelFile> findFile(Engine engine) {
    return files.stream().filter(file -> file.engine() == engine).findFirst();
  }

  /**
   * The same model with other locations for its files; engines that are not in the map keep theirs.
   */
  public ModelDescription locatedAt(Map<Engine, URI> uris) {
    Map<Engine, URI> places = new EnumMap<>(Engine.class);
    places.putAll(uris);
    List<ModelFile> moved =
        files.stream().map(f -> f.locatedAt(places.getOrDefault(f.engine(), f.uri()))).toList();
    return new ModelDescription(name, layout, input, labels, moved, activation, evidence);
  }
}
