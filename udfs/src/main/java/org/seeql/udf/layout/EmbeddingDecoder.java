package org.seeql.udf.layout;

/** Reads the vector of one image from an output {@code [B, D]}. Thread-safe. */
public final class EmbeddingDecoder {
  private final EmbeddingLayout layout;

  EmbeddingDecoder(EmbeddingLayout layout) {
    this.layout = layout;
  }

  /**
   * The vector of an image, as the model returns it.
   *
   * @param image its index in the batch, from 0
   * @return D numbers
   */
  public float[] decode(ModelOutputs outputs, int image) {
    OutputTensor output = layout.values(outputs.tensors());
    float[] vector = new float[output.size(1)];
    output.values().get(image * vector.length, vector);
    return vector;
  }

  /**
   * The vector of an image with the Euclidean length 1. A vector of zeros remains one.
   *
   * @param image its index in the batch, from 0
   * @return D numbers
   */
  public float[] decodeNormalized(ModelOutputs outputs, int image) {
    float[] vector = decode(outputs, image);
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    double length = Math.sqrt(squares);
    for (int i = 0; length > 0 && i < vector.length; i++) {
      vector[i] = (float) (vector[i] / length);
    }
    return vector;
  }
}
