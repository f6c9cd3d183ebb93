package org.seeql.udf.batch;

import java.util.List;
import java.util.Optional;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.ModelVariation;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.Letterbox;
import org.seeql.udf.layout.ClassificationDecoder;
import org.seeql.udf.layout.ClassificationLayout;
import org.seeql.udf.layout.DetectionDecoder;
import org.seeql.udf.layout.DetectorLayout;
import org.seeql.udf.layout.EmbeddingDecoder;
import org.seeql.udf.layout.EmbeddingLayout;
import org.seeql.udf.layout.ModelOutputs;
import org.seeql.udf.layout.OutputLayout;
import org.seeql.udf.layout.TagDecoder;
import org.seeql.udf.layout.TaggingLayout;
import org.seeql.udf.model.ModelDescription;

/**
 * Converts a model's output for one image to a prediction, with the options of a run. The model's
 * own variation is applied first, then that of the run.
 */
interface PredictionReader {
  Prediction read(ModelOutputs outputs, int image, Letterbox letterbox, long row)
      throws UnusableOutputException;

  static PredictionReader of(ModelDescription model, PipelineOptions options) {
    return model
        .layout()
        .accept(
            new OutputLayout.Visitor<>() {
              @Override
              public PredictionReader detector(DetectorLayout layout) {
                return detections(layout, model, options);
              }

              @Override
              public PredictionReader classifier(ClassificationLayout layout) {
                return classes(layout, model, options);
              }

              @Override
              public PredictionReader tagger(TaggingLayout layout) {
                return tags(layout, model, options);
              }

              @Override
              public PredictionReader embedder(EmbeddingLayout layout) {
                return vectors(layout, options);
              }
            });
  }

  /** A reader of {@link Prediction.Proposals}; empty if the model does not provide them. */
  static Optional<PredictionReader> proposals(ModelDescription model, PipelineOptions options) {
    if (!(model.layout() instanceof DetectorLayout layout)
        || !model.variation().equals(ModelVariation.NONE)) {
      return Optional.empty();
    }
    Thresholds thresholds = options.thresholds();
    return layout
        .decoder(model.labels(), model.input(), model.activation())
        .proposals()
        .map(
            decoder ->
                (outputs, image, letterbox, row) ->
                    new Prediction.Proposals(
                        letterbox.imageWidth(),
                        letterbox.imageHeight(),
                        decoder.decode(outputs, image, letterbox, thresholds)));
  }

  private static PredictionReader detections(
      DetectorLayout layout, ModelDescription model, PipelineOptions options) {
    DetectionDecoder full = layout.decoder(model.labels(), model.input(), model.activation());
    DetectionDecoder decoder = options.boxesOnly() ? full.boxesOnly() : full;
    Thresholds thresholds = options.thresholds();
    List<String> labels = model.labels();
    ModelVariation own = model.variation();
    ModelVariation requested = options.variation();
    return (outputs, image, letterbox, row) -> {
      List<Detection> found = decoder.decode(outputs, image, letterbox, thresholds);
      if (found.isEmpty()) {
        // a score that is NaN reaches no threshold
        requireNumbers(outputs, image);
      }
      return new Prediction.Detections(
          letterbox.imageWidth(),
          letterbox.imageHeight(),
          requested.vary(own.vary(found, row, labels), row, labels));
    };
  }

  private static void requireNumbers(ModelOutputs outputs, int image)
      throws UnusableOutputException {
    if (outputs.hasNaN(image)) {
      throw new UnusableOutputException("The model returned NaN (not a number)");
    }
  }

  private static PredictionReader classes(
      ClassificationLayout layout, ModelDescription model, PipelineOptions options) {
    ClassificationDecoder decoder = layout.decoder(model.labels(), model.activation());
    List<String> labels = model.labels();
    ModelVariation own = model.variation();
    ModelVariation requested = options.variation();
    // all classes, because the variation may remove the most probable ones
    return (outputs, image, letterbox, row) -> {
      requireNumbers(outputs, image);
      return new Prediction.Classification(
          letterbox.imageWidth(),
          letterbox.imageHeight(),
          requested
              .varyScores(
                  own.varyScores(decoder.decode(outputs, image, labels.size()), row, labels),
                  row,
                  labels)
              .stream()
              .limit(options.topClasses())
              .toList());
    };
  }

  private static PredictionReader tags(
      TaggingLayout layout, ModelDescription model, PipelineOptions options) {
    TagDecoder decoder = layout.decoder(model.labels(), model.activation());
    List<String> labels = model.labels();
    ModelVariation own = model.variation();
    ModelVariation requested = options.variation();
    return (outputs, image, letterbox, row) -> {
      requireNumbers(outputs, image);
      return new Prediction.Tags(
          letterbox.imageWidth(),
          letterbox.imageHeight(),
          requested.varyTags(
              own.varyTags(decoder.decode(outputs, image, options.confidence()), row, labels),
              row,
              labels));
    };
  }

  private static PredictionReader vectors(EmbeddingLayout layout, PipelineOptions options) {
    EmbeddingDecoder decoder = layout.decoder();
    return (outputs, image, letterbox, row) -> {
      requireNumbers(outputs, image);
      float[] vector = decoder.decode(outputs, image);
      for (float value : vector) {
        if (Float.isInfinite(value)) {
          throw new UnusableOutputException("The model returned a vector with an infinite value");
        }
      }
      return new Prediction.Embedding(
          letterbox.imageWidth(),
          letterbox.imageHeight(),
          options.unitVectors() ? decoder.decodeNormalized(outputs, image) : vector);
    };
  }
}
