package org.seeql.job.train;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.seeql.database.RefusalException;
import org.seeql.udf.model.ModelFile;
import org.seeql.udf.model.TensorProbe;
import org.seeql.udf.train.LinearHead;

/** The file of a trained model, in the folder for these files. */
final class TrainedFile {
  /** Float32 sums of some hundred products differ by less. */
  private static final float TOLERANCE = 1e-4f;

  private static final int DIGITS_OF_HASH = 12;

  private final Path folder;
  private final String model;

  TrainedFile(Path folder, String model) {
    this.folder = requireNonNull(folder, "folder is null");
    this.model = requireNonNull(model, "model is null");
  }

  /**
   * Tests a file and writes it.
   *
   * @param onnx the content
   * @return the file, whose name depends on the content
   * @throws RefusalException if the folder cannot be written, or if the file gives other scores
   *     than the head does
   */
  Path write(byte[] onnx, FeatureModel features, LinearHead head, Path featureFile) {
    Path file =
        folder.resolve(
            model.replaceAll("[^A-Za-z0-9._-]", "_")
                + "-"
                + ModelFile.sha256(onnx).substring(0, DIGITS_OF_HASH)
                + ".onnx");
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "training", ".part");
      try {
        Files.write(part, onnx);
        requireAgreement(part, features, head, featureFile);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
      return file;
    } catch (IOException e) {
      throw new RefusalException(
          "Cannot write the trained model '%s' into %s: %s".formatted(model, folder, e), e);
    }
  }

  private void requireAgreement(
      Path file, FeatureModel features, LinearHead head, Path featureFile) {
    float[] vectors = TensorProbe.values(featureFile, features.description().input());
    float[] scores = TensorProbe.values(file, features.description().input());
    int images = vectors.length / head.features();
    for (int i = 0; i < images; i++) {
      float[] vector = new float[head.features()];
      System.arraycopy(vectors, i * vector.length, vector, 0, vector.length);
      float[] expected = head.scores(vector);
      for (int c = 0; c < expected.length; c++) {
        float actual = scores[i * expected.length + c];
        if (!(Math.abs(actual - expected[c]) <= TOLERANCE)) {
          throw new IllegalStateException(
              "the file of the trained model gives %s for class %d, but the head gives %s"
                  .formatted(actual, c, expected[c]));
        }
      }
    }
  }
}
