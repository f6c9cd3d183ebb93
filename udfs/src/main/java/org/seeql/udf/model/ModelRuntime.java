package org.seeql.udf.model;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.seeql.udf.InferenceException;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.layout.ImageSizes;
import org.seeql.udf.layout.ModelOutputs;

/** A model file loaded by its library, independent of the meaning of its output. */
interface ModelRuntime extends AutoCloseable {
  /**
   * Opens a file.
   *
   * @param threads that one call may use on the CPU
   * @throws InferenceException if the file is not a model of that engine, or the device is missing
   */
  static ModelRuntime open(Engine engine, Path file, Device device, int threads) {
    return switch (engine) {
      case ONNX -> OnnxRuntime.open(file, device, threads);
      case TORCHSCRIPT -> TorchRuntime.open(file, device, threads);
    };
  }

  Engine engine();

  /** What the file itself declares about its input and classes. */
  ModelMetadata metadata();

  /** Whether the model has a second input for the sizes of images, which {@link #run} feeds. */
  default ImageSizes imageSizes() {
    return ImageSizes.NONE;
  }

  /**
   * Runs the model once.
   *
   * @param images a direct buffer that holds at least {@code batch} images from index 0
   * @throws RuntimeLibraryException if the library fails
   */
  ModelOutputs run(ByteBuffer images, InputFormat input, int batch) throws RuntimeLibraryException;

  @Override
  void close();
}
