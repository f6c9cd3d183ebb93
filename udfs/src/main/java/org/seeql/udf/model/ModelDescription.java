package org.seeql.udf.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.udf.detect.GeometryKind;
import org.seeql.udf.detect.ModelVariation;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.layout.Activation;
import org.seeql.udf.layout.ClassificationLayout;
import org.seeql.udf.layout.DetectorLayout;
import org.seeql.udf.layout.EmbeddingLayout;
import org.seeql.udf.layout.OutputLayout;
import org.seeql.udf.layout.TaggingLayout;

/**
 * Everything that is needed to run a model, except the content of its files. Immutable.
 *
 * @param labels the name of each class, by class id; empty if the layout has no classes
 * @param files the same model in one or more formats, at most one per engine
 * @param activation of the scores; {@link Activation#NONE} if they are probabilities
 * @param evidence for each property that no option specified
 * @param variation how the answers and the speed differ from those of the files; {@link
 *     ModelVariation#NONE} if they do not
 */
public record ModelDescription(
    String name,
    OutputLayout layout,
    InputFormat input,
    List<String> labels,
    List<ModelFile> files,
    Activation activation,
    List<Evidence> evidence,
    ModelVariation variation)
    implements Serializable {
  public ModelDescription {
    requireNonNull(name, "name is null");
    requireNonNull(layout, "layout is null");
    requireNonNull(input, "input is null");
    requireNonNull(activation, "activation is null");
    requireNonNull(variation, "variation is null");
    labels = List.copyOf(labels);
    files = List.copyOf(files);
    evidence = List.copyOf(evidence);
    if (labels.isEmpty() == layout.hasClasses()) {
      throw new IllegalArgumentException(
          "Model " + name + (labels.isEmpty() ? " has no labels" : " has labels, but no classes"));
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("Model " + name + " has no files");
    }
    if (files.stream().map(ModelFile::engine).distinct().count() != files.size()) {
      throw new IllegalArgumentException("Model " + name + " has two files of one engine");
    }
    int classes = labels.size();
    if (variation.classCoverage().stream().anyMatch(id -> id < 0 || id >= classes)) {
      throw new IllegalArgumentException(
          "Model " + name + " covers classes that it does not have: " + variation.classCoverage());
    }
  }

  /** A model as its files are, without a variation. */
  public ModelDescription(
      String name,
      OutputLayout layout,
      InputFormat input,
      List<String> labels,
      List<ModelFile> files,
      Activation activation,
      List<Evidence> evidence) {
    this(name, layout, input, labels, files, activation, evidence, ModelVariation.NONE);
  }

  /** The names of the classes that the model can report, in the order of their ids. */
  public List<String> coveredLabels() {
    return variation.covered(labels).stream().map(labels::get).toList();
  }

  /** A model with the same files and another name, whose answers and speed differ. */
  public ModelDescription variedAs(String newName, ModelVariation newVariation) {
    return new ModelDescription(
        newName, layout, input, labels, files, activation, evidence, newVariation);
  }

  /** What the model reports of an object in addition to its box; NONE if it reports no boxes. */
  public GeometryKind geometry() {
    return layout.accept(
        new OutputLayout.Visitor<>() {
          @Override
          public GeometryKind detector(DetectorLayout detector) {
            return detector.geometry();
          }

          @Override
          public GeometryKind classifier(ClassificationLayout classifier) {
            return GeometryKind.NONE;
          }

          @Override
          public GeometryKind tagger(TaggingLayout tagger) {
            return GeometryKind.NONE;
          }

          @Override
          public GeometryKind embedder(EmbeddingLayout embedder) {
            return GeometryKind.NONE;
          }
        });
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
    return new ModelDescription(
        name, layout, input, labels, moved, activation, evidence, variation);
  }
}
