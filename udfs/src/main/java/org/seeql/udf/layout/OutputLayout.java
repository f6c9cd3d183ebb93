package org.seeql.udf.layout;

import java.io.InvalidObjectException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.seeql.udf.InferenceException;
import org.seeql.udf.image.InputFormat;

/**
 * Decodes the output of one family of models. B is the batch, N the number of candidate boxes, C
 * the number of classes. Layouts are stateless singletons ({@link OutputLayouts}).
 */
public abstract class OutputLayout implements Serializable {
  private static final long serialVersionUID = 1;

  OutputLayout() {}

  /** The value of the option {@code layout}, in lower case. */
  public abstract String name();

  /** Other values of the option that select this layout, in lower case. */
  List<String> aliases() {
    return List.of();
  }

  /** Calls the visitor's method for the task of models with this layout. */
  public abstract <R> R accept(Visitor<R> visitor);

  /** One method for each task. */
  public interface Visitor<R> {
    R detector(DetectorLayout layout);

    R classifier(ClassificationLayout layout);

    R tagger(TaggingLayout layout);

    R embedder(EmbeddingLayout layout);
  }

  /** Whether a model's outputs have this layout, with the reason. */
  abstract LayoutMatch match(OutputSample sample);

  /** Whether the outputs for an input of that format can be decoded. */
  public abstract boolean fits(List<OutputTensor> outputs, InputFormat input);

  /** The tensors that the layout requires, for messages: {@code [B, N, 5+C]}. */
  public abstract String expected(InputFormat input);

  /** Whether such models report classes, which have names and scores. */
  public boolean hasClasses() {
    return true;
  }

  /** The number of classes; empty if the outputs do not determine it. */
  public abstract OptionalInt classes(List<OutputTensor> outputs);

  /** The numbers of labels that are allowed; empty if the outputs do not determine it. */
  public List<Integer> labelCounts(List<OutputTensor> outputs) {
    return classes(outputs).stream().boxed().toList();
  }

  /** The largest possible number of classes. */
  public int mostClasses(List<OutputTensor> outputs) {
    return classes(outputs).orElse(Integer.MAX_VALUE);
  }

  /** The number of images in the outputs; 0 if they do not have the layout. */
  public abstract int images(List<OutputTensor> outputs);

  /** The tensor that contains the scores. */
  public abstract OutputTensor scores(List<OutputTensor> outputs);

  /** The range of the scores before the activation. */
  abstract ValueRange scoreRange(List<OutputTensor> outputs);

  /** The range of the scores in all runs, before the activation. */
  public final ValueRange scoreRange(OutputSample sample) {
    return ValueRange.over(sample, this::scoreRange);
  }

  /** The only tensor that the layout uses; empty if it uses several. */
  public abstract Optional<OutputTensor> onlyTensor(List<OutputTensor> outputs);

  /**
   * The tensors that the layout uses, if their shapes depend only on the number of images; empty
   * otherwise.
   */
  public List<OutputTensor> fixedTensors(List<OutputTensor> outputs) {
    return onlyTensor(outputs).stream().toList();
  }

  /** The tensor that shows whether a model processed each image; empty if there are several. */
  public Optional<OutputTensor> tensorOfEachImage(List<OutputTensor> outputs) {
    return onlyTensor(outputs);
  }

  /** The usual input of such models; its size is that of the model. */
  public InputFormat defaultInput(int width, int height, ExportMetadata metadata) {
    return InputFormat.rgb(width, height);
  }

  /**
   * Why {@link #defaultInput} has the scale, mean and standard deviation of the model's training;
   * empty if different models with this layout require different ones.
   */
  public abstract Optional<String> normalizationEvidence(ExportMetadata metadata);

  /** The functions that can convert the outputs of such models to probabilities. */
  public abstract Set<Activation> activations();

  /** Why other functions are refused, for messages. */
  public String activationRule() {
    return "the scores of layout %s are probabilities".formatted(this);
  }

  /**
   * The function that converts the outputs to probabilities, if the user does not choose one.
   *
   * @param classes the number of class labels
   */
  public abstract Activation activation(OutputSample sample, int classes);

  /**
   * Why {@link #activation} is the function.
   *
   * @param classes the number of class labels
   */
  public String activationEvidence(OutputSample sample, int classes) {
    return "for a blank image and for noise the scores are " + scoreRange(sample);
  }

  /** The first tensor with that number of axes; some exports have additional tensors. */
  final OutputTensor tensor(List<OutputTensor> outputs, int axes) {
    return findTensor(outputs, axes)
        .orElseThrow(
            () ->
                new InferenceException(
                    "Cannot read the output as %s: it is %s, but a tensor with %d axes is required"
                        .formatted(this, outputs, axes)));
  }

  static Optional<OutputTensor> findTensor(List<OutputTensor> outputs, int axes) {
    return outputs.stream().filter(tensor -> tensor.shape().size() == axes).findFirst();
  }

  // not private: serialization would not find it in the subclasses
  final Object writeReplace() {
    return new Reference(name());
  }

  /** The serialized form. */
  private record Reference(String name) implements Serializable {
    private static final long serialVersionUID = 1;

    private Object readResolve() throws InvalidObjectException {
      return OutputLayouts.find(name)
          .orElseThrow(() -> new InvalidObjectException("unknown layout: " + name));
    }
  }

  /** The name as an option's value. */
  @Override
  public String toString() {
    return name();
  }
}
