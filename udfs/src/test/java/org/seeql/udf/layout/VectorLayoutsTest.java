package org.seeql.udf.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.udf.InferenceException;
import org.seeql.udf.detect.ClassScore;
import org.seeql.udf.image.InputFormat;

/** One row of values for each image: classes that exclude each other, tags, or a vector. */
class VectorLayoutsTest {
  private static final ChosenOptions LABELS = new ChosenOptions(true, Optional.empty());
  private static final List<String> COLORS = List.of("red", "green", "blue");

  private static OutputTensor tensor(String name, int images, float... values) {
    return OutputTensor.of(
        name,
        new long[] {images, values.length / images},
        FloatBuffer.wrap(values),
        OutputTensor.Numbers.FRACTIONS);
  }

  private static OutputSample sample(
      ExportMetadata metadata, ChosenOptions chosen, OutputTensor... runs) {
    return new OutputSample(
        InputFormat.rgb(64, 64),
        Arrays.stream(runs).map(List::of).toList(),
        metadata,
        chosen,
        ImageSizes.NONE);
  }

  private static ExportMetadata metadata(String task, int names) {
    return new ExportMetadata(
        Optional.ofNullable(task),
        IntStream.range(0, names).mapToObj(i -> "c" + i).toList(),
        List.of(),
        false,
        List.of());
  }

  private static float[] numbers(String text) {
    String[] parts = text.split(" ");
    float[] numbers = new float[parts.length];
    for (int i = 0; i < parts.length; i++) {
      numbers[i] = Float.parseFloat(parts[i]);
    }
    return numbers;
  }

  /** The layout, or nothing if it is a question, for the outputs of two images. */
  private static Optional<String> certain(
      String first, String second, String task, int names, ChosenOptions chosen) {
    return OutputLayouts.guess(
            sample(
                metadata(task, names),
                chosen,
                tensor("output", 1, numbers(first)),
                tensor("output", 1, numbers(second))))
        .certain()
        .map(OutputLayout::name);
  }

  @ParameterizedTest
  @CsvSource({
    // probabilities that sum to 1, with and without names
    "0.1 0.2 0.7, 0.3 0.3 0.4, 0, classification",
    "0.1 0.2 0.7, 0.3 0.3 0.4, 3, classification",
    // half precision
    "0.1 0.2 0.695, 0.3 0.3 0.405, 3, classification",
    // probabilities that cannot come from a softmax
    "0.1 0.2 0.7, 0.9 0.8 0.4, 3, tagging",
    "0.1 0.2 0.7, 0.1 0.1 0.4, 3, tagging",
    "0.5, 0.6, 1, tagging",
    "-3, 2, 1, tagging",
    // vectors of length 1
    "0.6 -0.8 0, 0.8 0.6 0, 0, embedding",
  })
  void isCertainIfTheValuesShowIt(String first, String second, int names, String layout) {
    assertThat(certain(first, second, null, names, ChosenOptions.NONE)).contains(layout);
  }

  @ParameterizedTest
  @CsvSource({
    // logits
    "-1 2 3, 4 5 -6, 3",
    "-1 2 3, 4 5 -6, 0",
    // a softmax that was rounded to multiples of 1/255 can have this sum
    "0.1 0.2 0.688, 0.3 0.3 0.4, 3",
    // scores or a vector
    "0.1 0.2 0.7, 0.9 0.8 0.4, 0",
    // one dimension of length 1
    "1, 1, 0",
  })
  void asksOtherwise(String first, String second, int names) {
    assertThat(certain(first, second, null, names, ChosenOptions.NONE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "classify, 3, classification",
    "tag, 3, tagging",
    "embed, 3, embedding",
    "embed, 0, embedding",
  })
  void followsTheTaskOfTheFile(String task, int names, String layout) {
    assertThat(certain("-1 2 3", "4 5 -6", task, names, ChosenOptions.NONE)).contains(layout);
    assertThat(certain("0.1 0.2 0.7", "0.9 0.8 0.4", task, names, ChosenOptions.NONE))
        .contains(layout);
  }

  @Test
  void refusesATaskThatIsNoneOfThem() {
    assertThat(certain("-1 2 3", "4 5 -6", "depth", 3, ChosenOptions.NONE)).isEmpty();
    assertThat(certain("-1 2 3", "4 5 -6", "tag", 2, ChosenOptions.NONE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"SOFTMAX, classification", "SIGMOID, tagging", "NONE, "})
  void followsTheActivationOfTheUser(Activation activation, String layout) {
    ChosenOptions chosen = new ChosenOptions(true, Optional.of(activation));

    assertThat(certain("-1 2 3", "4 5 -6", null, 0, chosen)).isEqualTo(Optional.ofNullable(layout));
  }

  @Test
  void asksWithTheReasonsForLogits() {
    LayoutGuess guess =
        OutputLayouts.guess(
            sample(
                ExportMetadata.NONE,
                LABELS,
                tensor("output", 1, -1, 2, 3),
                tensor("output", 1, 4, 5, -6)));

    assertThat(guess.question())
        .isEqualTo(
            "; it can be classification (one value for each of 3 classes, if an image has exactly"
                + " one class) or tagging (one value for each of 3 classes, if an image can have"
                + " several or none); it is not embedding (it has names of classes); set"
                + " layout='classification' or layout='tagging'");
  }

  @Test
  void asksWithTheReasonsForValuesWithoutNames() {
    LayoutGuess guess =
        OutputLayouts.guess(
            sample(
                ExportMetadata.NONE,
                ChosenOptions.NONE,
                tensor("output", 1, 0.1f, 0.2f, 0.1f),
                tensor("output", 1, 0.9f, 0.5f, 0.9f)));

    assertThat(guess.question())
        .isEqualTo(
            "; it can be tagging (one value for each of 3 classes, if an image can have several or"
                + " none) or embedding (3 values without names of classes); it is not"
                + " classification (the scores of an image sum to 0.400 to 2.30, not to 1); set"
                + " layout='tagging' or layout='embedding'");
  }

  @Test
  void findsAVectorByItsNameAmongOtherOutputs() {
    OutputTensor tokens =
        OutputTensor.of(
            "last_hidden_state",
            new long[] {1, 2, 3},
            FloatBuffer.wrap(new float[6]),
            OutputTensor.Numbers.FRACTIONS);
    OutputTensor other = tensor("scale", 1, 9);
    OutputTensor vector = tensor("image_embeds", 1, 3, -4);
    List<OutputTensor> outputs = List.of(tokens, other, vector);
    OutputSample sample =
        new OutputSample(InputFormat.rgb(64, 64), List.of(outputs), ExportMetadata.NONE);

    assertThat(OutputLayouts.guess(sample).evidence())
        .isEqualTo("the output image_embeds contains 2 values");
    assertThat(vectors().decode(new FakeOutputs(outputs), 0)).containsExactly(3, -4);
  }

  private static EmbeddingDecoder vectors() {
    return ((EmbeddingLayout) OutputLayouts.of("embedding")).decoder();
  }

  private static List<ClassScore> tags(
      Activation activation, double confidence, int image, OutputTensor output) {
    return ((TaggingLayout) OutputLayouts.of("tagging"))
        .decoder(COLORS, activation)
        .decode(new FakeOutputs(List.of(output)), image, confidence);
  }

  @Test
  void returnsTheTagsThatReachTheScore() {
    OutputTensor logits = tensor("output", 2, 9, 9, 9, (float) Math.log(3), -1, 0);

    assertThat(tags(Activation.SIGMOID, 0.5, 1, logits))
        .extracting(ClassScore::classId, ClassScore::label, ClassScore::score)
        .containsExactly(tuple(0, "red", 0.75f), tuple(2, "blue", 0.5f));
    assertThat(tags(Activation.SIGMOID, 0.76, 1, logits)).isEmpty();
    assertThat(tags(Activation.SIGMOID, 0, 1, logits)).hasSize(3);
  }

  @Test
  void comparesAScoreAsAFloat() {
    OutputTensor scores = tensor("output", 1, 0.1f, 0.7f, Float.NaN);

    assertThat(tags(Activation.NONE, 0.1, 0, scores))
        .extracting(ClassScore::label)
        .containsExactly("green", "red");
  }

  @Test
  void refusesScoresAboveOne() {
    assertThatThrownBy(() -> tags(Activation.NONE, 0.5, 0, tensor("output", 1, 0, 0, 1.5f)))
        .isInstanceOf(InferenceException.class)
        .hasMessage(
            "Cannot use the model's output: it contains a score of 1.500 (at most 1); the layout or"
                + " the activation of the model is wrong");
  }

  @Test
  void dividesAVectorByItsLength() {
    FakeOutputs outputs = new FakeOutputs(List.of(tensor("output", 3, 1, 1, 3, -4, 0, 0)));

    assertThat(vectors().decode(outputs, 1)).containsExactly(3, -4);
    assertThat(vectors().decodeNormalized(outputs, 1)).containsExactly(0.6f, -0.8f);
    assertThat(vectors().decodeNormalized(outputs, 2)).containsExactly(0, 0);
  }

  @Test
  void dividesLargeNumbersWithoutOverflow() {
    FakeOutputs outputs = new FakeOutputs(List.of(tensor("output", 1, 3e30f, 4e30f)));

    float[] vector = vectors().decodeNormalized(outputs, 0);

    assertThat(vector[0]).isCloseTo(0.6f, within(1e-6f));
    assertThat(vector[1]).isCloseTo(0.8f, within(1e-6f));
  }

  private record FakeOutputs(List<OutputTensor> tensors) implements ModelOutputs {
    FakeOutputs {
      tensors = new ArrayList<>(tensors);
    }

    @Override
    public void close() {}
  }
}
