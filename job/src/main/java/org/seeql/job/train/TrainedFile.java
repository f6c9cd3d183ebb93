package org.seeql.job.train;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.seeql.database.RefusalException;
import org.seeql.database.ledger.RunRecord;
import org.seeql.job.inference.ImageRoot;
import org.seeql.job.inference.PipelineSettings;
import org.seeql.job.train.TrainingImages.TrainingImage;
import org.seeql.udf.batch.PipelineOptions;
import org.seeql.udf.image.DecodedImage;
import org.seeql.udf.image.PixelReader;
import org.seeql.udf.image.UndecodableImageException;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.LoadedModel;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelFile;
import org.seeql.udf.model.ModelLoader;
import org.seeql.udf.train.LinearHead;
import org.seeql.udf.train.SingleImages;

/** The file of a trained model, in the folder for these files. */
final class TrainedFile {
  /** The features may have been computed in half precision of a GPU. */
  private static final float TOLERANCE = 0.01f;

  private static final int DIGITS_OF_HASH = 12;

  private final Path file;
  private final byte[] onnx;

  /** A file whose name depends on the name of the model and the content. */
  TrainedFile(Path folder, String model, byte[] onnx) {
    String name = model.replaceAll("[^A-Za-z0-9._-]", "_");
    String hash = ModelFile.sha256(onnx).substring(0, DIGITS_OF_HASH);
    this.file = folder.resolve(name + "-" + hash + ".onnx");
    this.onnx = requireNonNull(onnx, "onnx is null");
  }

  Path path() {
    return file;
  }

  /**
   * Tests the content on some images, and writes it.
   *
   * @param head gives the expected scores, from the features of the images
   * @throws RefusalException if the folder cannot be written
   */
  void write(ModelDescription model, LinearHead head, RunRecord run, List<TrainingImage> images) {
    try {
      Files.createDirectories(file.getParent());
      // not a temporary file of the JDK, which only its owner can read
      Path part = file.resolveSibling("." + file.getFileName() + "-" + run.runId());
      try {
        Files.write(part, onnx);
        requireAgreement(part, model, head, run, images);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new RefusalException(
          "Cannot write the trained model '%s' into %s: %s"
              .formatted(model.name(), file.getParent(), e),
          e);
    }
  }

  private static void requireAgreement(
      Path part, ModelDescription model, LinearHead head, RunRecord run, List<TrainingImage> images)
      throws IOException {
    ImageRoot root = ImageRoot.open(run.imageRoot());
    PipelineOptions options = PipelineSettings.of(run.options());
    try (LoadedModel loaded = ModelLoader.load(model, Map.of(Engine.ONNX, part), Device.CPU, 1);
        SingleImages single = new SingleImages(loaded);
        PixelReader reader = new PixelReader()) {
      for (TrainingImage image : images) {
        try (DecodedImage pixels =
            reader.read(
                root.read(image.path()),
                options.exifRotation(),
                options.maxPixels(),
                List.of(model.input()))) {
          requireAgreement(head.scores(image.features()), single.values(pixels), image);
        } catch (IOException | UndecodableImageException e) {
          // the file was removed or has changed since its features were computed
        }
      }
    }
  }

  private static void requireAgreement(float[] expected, float[] actual, TrainingImage image) {
    for (int c = 0; c < expected.length; c++) {
      if (!(Math.abs(actual[c] - expected[c]) <= TOLERANCE)) {
        throw new IllegalStateException(
            "the file of the trained model gives %s for class %d of %s, but the head gives %s"
                .formatted(actual[c], c, image.path(), expected[c]));
      }
    }
  }
}
