package org.seeql.udf.layout;

import java.io.InvalidObjectException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
  }

  /** Whether the outputs for an input of that format can only have this layout. */
  abstract boolean isCertain(List<OutputTensor> outputs, InputFormat input);

  /** Whether the outputs for an input of that format can be decoded. */
  public abstract boolean fits(List<OutputTensor> outputs, InputFormat input);

  /** The tensors that the layout requires, for messages: {@code [B, N, 5+C]}. */
  public abstract String expected(InputFormat input);

  /** The number of classes; empty if the outputs do not determine it. */
  public abstract OptionalInt classes(List<OutputTensor> outputs);

  /** The number of images in the outputs; 0 if they do not have the layout. */
  public abstract int images(List<OutputTensor> outputs);

  /** The tensor that contains the scores. */
  public abstract OutputTensor scores(List<OutputTensor> outputs);

  /** The only tensor that the layout uses; empty if it uses several. */
  public abstract Optional<OutputTensor> onlyTensor(List<OutputTensor> outputs);

  /** The usual input of such models; its size is that of the model. */
  public InputFormat defaultInput(int width, int height) {
    return InputFormat.rgb(width, height);
  }

  /**
   * The sides of square inputs that such models usually have, in pixels; the most frequent first.
   */
  public abstract List<Integer> usualSides();

  /** Whether such models are usually trained with the classes of COCO or Pascal VOC. */
  public abstract boolean hasUsualLabels();

  /**
   * The function that converts the outputs to probabilities.
   *
   * @param requested the user's choice; no effect if the outputs are always probabilities
   */
  public abstract Activation activation(Optional<Activation> requested, List<OutputTensor> outputs);

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
