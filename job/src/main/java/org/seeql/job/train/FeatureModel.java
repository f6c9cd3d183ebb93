package org.seeql.job.train;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seeql.job.model.ModelCache;
import org.seeql.job.model.RegisteredModel;
import org.seeql.udf.layout.Activation;
import org.seeql.udf.layout.OutputLayout;
import org.seeql.udf.layout.OutputLayouts;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.train.Backbone;

/**
 * A backbone, and the part of it that computes features.
 *
 * @param description of that part: a model that returns vectors. It is not registered
 */
public record FeatureModel(RegisteredModel backbone, Backbone cut, ModelDescription description) {
  private static final OutputLayout VECTORS = OutputLayouts.find("embedding").orElseThrow();

  public FeatureModel {
    requireNonNull(backbone, "backbone is null");
    requireNonNull(cut, "cut is null");
    requireNonNull(description, "description is null");
  }

  /**
   * Cuts a backbone.
   *
   * @param backbone a model with an ONNX file
   * @param layer the tensor with the features; if empty, it depends on the backbone
   * @throws Backbone.LayerException if the layer cannot be used
   */
  public static FeatureModel of(ModelCache cache, RegisteredModel backbone, Optional<String> layer)
      throws Backbone.LayerException {
    ModelDescription whole = backbone.description();
    Path file = cache.files(whole).get(Engine.ONNX);
    Backbone cut = Backbone.cut(whole, file, layer);
    return new FeatureModel(
        backbone,
        cut,
        new ModelDescription(
            whole.name(),
            VECTORS,
            whole.input(),
            List.of(),
            List.of(cache.put(cut.featureFile())),
            Activation.NONE,
            List.of()));
  }
}
