package org.seeql.udf.layout;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.seeql.udf.image.InputFormat;

/** {@code [B, D]}: a vector of D numbers for each image, without classes. */
public final class EmbeddingLayout extends VectorLayout {
  private static final long serialVersionUID = 1;

  private static final FloatBuffer NO_VALUES = FloatBuffer.allocate(0);

  /** The task in the metadata of a file. */
  private static final String TASK = "embed";

  /**
   * Names of outputs that contain a vector for each image, in the exports of CLIP and others.
   *
   * @see <a
   *     href="https://github.com/huggingface/optimum-onnx/blob/main/optimum/exporters/onnx/model_configs.py">The
   *     outputs of Optimum's exports</a>
   */
  private static final Set<String> NAMES =
      Set.of(
          "image_embeds",
          "image_features",
          "pooler_output",
          "embedding",
          "embeddings",
          "image_embedding",
          "image_embeddings");

  EmbeddingLayout() {}

  @Override
  public String name() {
    return "embedding";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.embedder(this);
  }

  @Override
  public boolean hasClasses() {
    return false;
  }

  /** A decoder for the outputs of a model. */
  public EmbeddingDecoder decoder() {
    return new EmbeddingDecoder(this);
  }

  /** Some exports have a vector in addition to those of parts of the image. */
  @Override
  OutputTensor values(List<OutputTensor> outputs) {
    return findNamed(outputs).orElseGet(() -> super.values(outputs));
  }

  /**
   * The name of the output with the vector.
   *
   * @param shapes the shapes of all outputs, by their names
   */
  public String vectorOutput(Map<String, List<Long>> shapes) {
    List<OutputTensor> outputs =
        shapes.entrySet().stream()
            .map(output -> new OutputTensor(output.getKey(), output.getValue(), NO_VALUES))
            .toList();
    return values(outputs).name();
  }

  private static Optional<OutputTensor> findNamed(List<OutputTensor> outputs) {
    List<OutputTensor> named =
        outputs.stream()
            .filter(tensor -> tensor.shape().size() == 2)
            .filter(tensor -> NAMES.contains(tensor.name().toLowerCase(Locale.ROOT)))
            .toList();
    return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
  }

  @Override
  LayoutMatch match(OutputSample sample) {
    List<OutputTensor> outputs = sample.outputs();
    ExportMetadata metadata = sample.metadata();
    if (!fits(outputs, sample.input())
        || metadata.isOther(TASK)
        || findBoxes(outputs).isPresent()) {
      return LayoutMatch.nothing();
    }
    VectorSample vectors = VectorSample.of(sample, this);
    Optional<OutputTensor> named = findNamed(outputs);
    if (metadata.is(TASK)) {
      String evidence = "the file's task is embed, with %d values".formatted(vectors.size());
      return vectors.isOnlyOutput() || named.isPresent()
          ? LayoutMatch.certain(evidence)
          : LayoutMatch.possible(evidence);
    }
    if (vectors.namesClasses()) {
      return LayoutMatch.excluded("it has names of classes");
    }
    if (named.isPresent()) {
      return LayoutMatch.certain(
          "the output %s contains %d values".formatted(named.get().name(), vectors.size()));
    }
    return matchValues(vectors);
  }

  private static LayoutMatch matchValues(VectorSample vectors) {
    if (vectors.size() == 1) {
      return LayoutMatch.excluded("it has one value for an image");
    }
    if (vectors.activation().filter(chosen -> chosen != Activation.NONE).isPresent()) {
      return LayoutMatch.excluded("activation is for scores of classes");
    }
    if (vectors.sumsToOne()) {
      return LayoutMatch.excluded("the values of each image sum to 1");
    }
    if (vectors.isOnlyOutput() && vectors.hasUnitLength()) {
      return LayoutMatch.certain(
          "%d values, which have the length 1 for each image".formatted(vectors.size()));
    }
    return LayoutMatch.possible("%d values without names of classes".formatted(vectors.size()));
  }

  @Override
  public boolean fits(List<OutputTensor> outputs, InputFormat input) {
    return findVectors(outputs).isPresent()
        && values(outputs).size(0) == input.fixedBatch().orElse(1);
  }

  @Override
  public String expected(InputFormat input) {
    return "[B, D]";
  }

  @Override
  public OptionalInt classes(List<OutputTensor> outputs) {
    return OptionalInt.empty();
  }

  @Override
  public int images(List<OutputTensor> outputs) {
    return findVectors(outputs).isPresent() ? values(outputs).size(0) : 0;
  }

  @Override
  public Set<Activation> activations() {
    return Set.of(Activation.NONE);
  }

  @Override
  public String activationRule() {
    return "layout embedding has no scores";
  }

  @Override
  public Activation activation(OutputSample sample, int classes) {
    return Activation.NONE;
  }
}
