package org.seeql.job.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Formats of models that SeeQL does not run, with the command that converts them. */
enum ForeignModelFormat {
  SAFETENSORS(
      "safetensors file, which contains weights without a network",
      "optimum-cli export onnx --model FOLDER OUTPUT",
      "safetensors"),
  TENSORFLOW(
      "TensorFlow model",
      "python -m tf2onnx.convert --saved-model FOLDER --output model.onnx",
      "pb|saved_model"),
  KERAS(
      "Keras model",
      "model.export('FOLDER') in Python, then python -m tf2onnx.convert --saved-model FOLDER --output model.onnx",
      "h5|hdf5|keras"),
  TFLITE(
      "TensorFlow Lite model",
      "python -m tf2onnx.convert --tflite FILE --output model.onnx",
      "tflite"),
  CHECKPOINT(
      "checkpoint of PyTorch, which contains weights without a network",
      "torch.onnx.export in Python",
      "ckpt|bin"),
  TENSORRT(
      "TensorRT engine, which runs only on the GPU for which it was built",
      "the export to ONNX of the program that trained the model",
      "engine|trt|plan"),
  OPENVINO("OpenVINO model", "the export to ONNX of the program that trained the model", "xml"),
  CORE_ML(
      "Core ML model",
      "the export to ONNX of the program that trained the model",
      "mlmodel|mlpackage"),
  PADDLE("PaddlePaddle model", "paddle2onnx --model_dir FOLDER --save_file model.onnx", "pdmodel");

  private final String description;
  private final String conversion;

  /** Alternatives of a regular expression. */
  private final String endings;

  ForeignModelFormat(String description, String conversion, String endings) {
    this.description = description;
    this.conversion = conversion;
    this.endings = endings;
  }

  /** The format of a file or folder with that path. */
  static Optional<ForeignModelFormat> find(String path) {
    String lower = path.toLowerCase(Locale.ROOT).replaceAll("/+$", "");
    return Arrays.stream(values())
        .filter(format -> lower.matches("(?s).*[./](" + format.endings + ")"))
        .findFirst();
  }

  /** {@code it is a Keras model; convert it to ONNX with …}. */
  String advice() {
    return "it is a %s; convert it to ONNX with: %s".formatted(description, conversion);
  }
}
