package org.seeql.udf.batch;

/** Creates images for a pipeline with one model. */
final class ModelTasks {
  private ModelTasks() {}

  static ModelTask<StripedImage> of(FakeModel model, StripedImage image) {
    PipelineOptions options = PipelineOptions.DEFAULT;
    return new ModelTask<>(
        image,
        options,
        new StageTimes(),
        PredictionReader.of(model.description(), options),
        new Arrivals());
  }
}
