package org.seeql.udf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.udf.InferenceException;
import org.seeql.udf.image.ColorOrder;
import org.seeql.udf.image.InputBuffer;
import org.seeql.udf.image.MemoryLayout;
import org.seeql.udf.image.PixelType;
import org.seeql.udf.image.Placement;
import org.seeql.udf.layout.Activation;
import org.seeql.udf.layout.ModelOutputs;
import org.seeql.udf.layout.OutputLayouts;

class ModelProbeIT {
  @ParameterizedTest
  @CsvSource({
    "yolov5.onnx, yolov5, 0, FLOAT32, CENTERED, RGB",
    "yolov5_batch4.onnx, yolov5, 4, FLOAT32, CENTERED, RGB",
    "yolox.onnx, yolox, 0, FLOAT32, TOP_LEFT, BGR",
    "segment.onnx, segment, 0, FLOAT32, CENTERED, RGB",
    "segment_final.onnx, segment, 0, FLOAT32, CENTERED, RGB",
    "pose.onnx, pose, 0, FLOAT32, CENTERED, RGB",
    "pose_final.onnx, pose, 0, FLOAT32, CENTERED, RGB",
    "points.onnx, pose, 0, FLOAT32, CENTERED, RGB",
    "positions.onnx, pose_xy, 0, FLOAT32, CENTERED, RGB",
    "masks.onnx, segment, 0, FLOAT32, CENTERED, RGB",
    "corners.onnx, obb, 0, FLOAT32, CENTERED, RGB",
    "obb.onnx, obb, 0, FLOAT32, CENTERED, RGB",
    "obb_final.onnx, obb, 0, FLOAT32, CENTERED, RGB",
    "first_image.onnx, end2end, 1, FLOAT32, CENTERED, RGB",
    "torchvision.onnx, torchvision, 1, FLOAT32, CENTERED, RGB",
    "detr_sigmoid.onnx, detr, 0, FLOAT32, STRETCH, RGB",
    "detr_single.onnx, detr, 0, FLOAT32, STRETCH, RGB",
    "detr_final.onnx, detr_final, 0, FLOAT32, STRETCH, RGB",
    "end2end_centered.onnx, end2end_centered, 0, FLOAT32, STRETCH, RGB",
    "ssd.onnx, ssd, 0, UINT8, STRETCH, RGB",
    "efficient_nms.onnx, efficient_nms, 0, FLOAT32, CENTERED, RGB",
    "logits.onnx, classification, 0, FLOAT32, STRETCH, RGB",
    "bytes.onnx, classification, 0, UINT8, STRETCH, RGB",
    "half.onnx, classification, 0, FLOAT16, STRETCH, RGB",
    "probabilities.onnx, classification, 0, FLOAT32, STRETCH, RGB",
    "tag_scores.onnx, tagging, 0, FLOAT32, STRETCH, RGB",
    "tag_named.onnx, tagging, 0, FLOAT32, STRETCH, RGB"
  })
  void readsAnOnnxFileForItself(
      String file, String layout, int batch, PixelType type, Placement place, ColorOrder color) {
    ModelDescription model = probe(file, Map.of());

    assertThat(model.layout()).isEqualTo(OutputLayouts.of(layout));
    assertThat(model.input().width()).isEqualTo(64);
    assertThat(model.input().tensor().batch()).isEqualTo(batch);
    assertThat(model.input().tensor().pixelType()).isEqualTo(type);
    assertThat(model.input().conversion().placement()).isEqualTo(place);
    assertThat(model.input().conversion().color()).isEqualTo(color);
    assertThat(model.input().tensor().memoryLayout())
        .isEqualTo(type == PixelType.UINT8 ? MemoryLayout.NHWC : MemoryLayout.NCHW);
  }

  @ParameterizedTest
  @CsvSource({
    "yolov5.torchscript, yolov5, 0, FLOAT32",
    "torchvision.torchscript, torchvision, 0, FLOAT32",
    "half.torchscript, classification, 0, FLOAT16"
  })
  void determinesTheInputOfATorchScriptFile(String file, String layout, int batch, PixelType type) {
    ModelDescription model = probe(file, Map.of("input_size", "64"));

    assertThat(model.layout()).isEqualTo(OutputLayouts.of(layout));
    assertThat(model.input().tensor().batch()).isEqualTo(batch);
    assertThat(model.input().tensor().pixelType()).isEqualTo(type);
  }

  @Test
  void refusesLabelsThatLeaveNoCompleteKeyPoints(@TempDir Path folder) throws IOException {
    Path labels =
        Files.write(folder.resolve("eight.txt"), List.of("a", "b", "c", "d", "e", "f", "g", "h"));

    assertRefusal(
        () ->
            ModelProbe.probe(
                "m", TestModels.files("pose.onnx"), Map.of("labels", labels.toString())),
        "Invalid labels for model m: 8 labels (the onnx file's output is output [1, 13, 84],"
            + " which has 3 or 6 classes with layout pose)");
    assertRefusal(
        () ->
            ModelProbe.probe(
                "m", TestModels.files("positions.onnx"), Map.of("labels", labels.toString())),
        "Invalid labels for model m: 8 labels (the onnx file's output is output0 [1, 13, 84],"
            + " which has 1, 3, … or 7 classes with layout pose_xy)");
  }

  @Test
  void readsLabelsFromTheModelItself() {
    ModelDescription model = ModelProbe.probe("m", TestModels.files("yolov8.onnx"), Map.of());

    assertThat(model.layout()).isEqualTo(OutputLayouts.of("yolov8"));
    assertThat(model.labels()).containsExactly("red", "green", "bl'ue");
  }

  @ParameterizedTest
  @CsvSource({
    "logits.onnx, SOFTMAX",
    "probabilities.onnx, NONE",
    "tag_logits.onnx, SIGMOID",
    "tag_scores.onnx, NONE",
    "detr_sigmoid.onnx, SIGMOID",
    "detr_softmax.onnx, SOFTMAX",
    "detr_single.onnx, NONE"
  })
  void detectsWhetherAnOutputIsLogits(String file, Activation activation) {
    assertThat(probe(file, Map.of()).activation()).isEqualTo(activation);
  }

  @Test
  void asksForTheMeaningOfLogits() {
    assertRefusal(
        () ->
            ModelProbe.probe(
                "m",
                TestModels.files("tag_logits.onnx"),
                Map.of("labels", TestModels.LABELS, "normalization", "none")),
        "Cannot determine the layout of model m (onnx): for an input of 64x64 its output is [output"
            + " [1, 3]]; it can be classification (one value for each of 3 classes, if an image has"
            + " exactly one class) or tagging (one value for each of 3 classes, if an image can have"
            + " several or none); it is not embedding (it has names of classes); set"
            + " layout='classification' or layout='tagging'");
  }

  @Test
  void givesTheEvidenceForTags() {
    assertThat(probe("tag_scores.onnx", Map.of()).evidence())
        .contains(
            new Evidence(
                "layout",
                "scores of 0 to 1 for 3 classes, which sum to 0.0540 to 1.51 for an image"),
            new Evidence(
                "activation", "for a blank image and for noise the scores are 0.0180 to 0.507"));
  }

  @Test
  void refusesAnActivationThatTagsDoNotHave() {
    assertRefusal(
        () -> probe("tag_logits.onnx", Map.of("activation", "softmax")),
        "Invalid activation for model m: softmax (the classes of layout tagging are independent:"
            + " none or sigmoid)");
  }

  @ParameterizedTest
  @CsvSource({
    "vector.onnx, the output embedding contains 3 values",
    "vector_unit.onnx, '3 values, which have the length 1 for each image'"
  })
  void describesVectorsWithoutClasses(String file, String evidence) {
    ModelDescription model =
        ModelProbe.probe("m", TestModels.files(file), TestModels.options(file));

    assertThat(model.layout()).isEqualTo(OutputLayouts.of("embedding"));
    assertThat(model.labels()).isEmpty();
    assertThat(model.evidence())
        .containsExactly(
            new Evidence("layout", evidence), new Evidence("input_size", "the file specifies it"));
  }

  @Test
  void refusesClassesOfVectors() {
    Map<String, String> options =
        Map.of("layout", "embedding", "normalization", "none", "labels", TestModels.LABELS);

    assertRefusal(
        () -> ModelProbe.probe("m", TestModels.files("vector.onnx"), options),
        "Invalid labels for model m: 3 labels (models with layout embedding have no classes)");
    assertRefusal(
        () ->
            ModelProbe.probe(
                "m",
                TestModels.files("vector.onnx"),
                Map.of("layout", "embedding", "normalization", "none", "activation", "sigmoid")),
        "Invalid activation for model m: sigmoid (layout embedding has no scores)");
  }

  @Test
  void appliesTheOptions() {
    ModelDescription model =
        probe(
            "logits.onnx",
            Map.of(
                "layout", "Classification",
                "color", "BGR",
                "letterbox", "center_crop",
                "scale", "1/255",
                "mean", "0.485, 0.456, 0.406",
                "std", "0.5",
                "padding", "0",
                "activation", "sigmoid",
                "uri", "file:/somewhere/else"));

    assertThat(model.input().conversion().color()).isEqualTo(ColorOrder.BGR);
    assertThat(model.input().conversion().placement()).isEqualTo(Placement.CENTER_CROP);
    assertThat(model.input().conversion().mean()).containsExactly(0.485, 0.456, 0.406);
    assertThat(model.input().conversion().std()).containsExactly(0.5, 0.5, 0.5);
    assertThat(model.input().conversion().padding()).isZero();
    assertThat(model.activation()).isEqualTo(Activation.SIGMOID);
  }

  @Test
  void joinsTwoFilesOfOneModel() {
    Map<Engine, Path> files = new EnumMap<>(Engine.class);
    files.putAll(TestModels.files("yolov5.onnx"));
    files.putAll(TestModels.files("yolov5.torchscript"));

    ModelDescription model = ModelProbe.probe("m", files, Map.of("labels", TestModels.LABELS));

    assertThat(model.files())
        .extracting(ModelFile::engine)
        .containsExactlyInAnyOrder(Engine.ONNX, Engine.TORCHSCRIPT);
    assertThat(ModelLoader.fasterEngine(model, Device.CPU)).isEqualTo(Engine.ONNX);
  }

  @Test
  void refusesFilesOfDifferentModels() {
    Map<Engine, Path> files = new EnumMap<>(Engine.class);
    files.putAll(TestModels.files("yolox.onnx"));
    files.putAll(TestModels.files("yolov5.torchscript"));

    assertRefusal(
        () -> ModelProbe.probe("m", files, Map.of("labels", TestModels.LABELS, "input_size", "64")),
        "Cannot use the files of model m as one model, because they differ: torchscript is yolov5"
            + " of 64x64 float32 with 3 classes; onnx is yolox of 64x64 float32 with 3 classes");
  }

  @Test
  void refusesLabelsThatDoNotFit() {
    assertRefusal(
        () -> ModelProbe.probe("m", TestModels.files("yolov5.onnx"), Map.of("labels", "coco80")),
        "Invalid labels for model m: 80 labels (the onnx file's output is output [1, 252, 8],"
            + " which has 3 classes with layout yolov5)");
  }

  @Test
  void requestsUnknownLabels() {
    assertRefusal(
        () -> ModelProbe.probe("m", TestModels.files("yolov5.onnx"), Map.of()),
        "Cannot determine the class names of model m: its output output [1, 252, 8] has 3 classes,"
            + " and the file does not name them; set labels='FILE' with one label per line");
  }

  @Test
  void acceptsDetrWithAndWithoutALabelForTheLastClass() {
    assertRefusal(
        () -> probe("detr_softmax.onnx", Map.of("labels", "coco80")),
        "Invalid labels for model m: 80 labels (the onnx file's output is logits [1, 20, 4], which"
            + " has 4 or 3 classes with layout detr)");
    assertRefusal(
        () -> ModelProbe.probe("m", TestModels.files("detr_softmax.onnx"), Map.of()),
        "Cannot determine the class names of model m: its output logits [1, 20, 4] has 4 or 3"
            + " classes, and the file does not name them; set labels='FILE' with one label per line");
    assertThat(probe("detr_softmax.onnx", Map.of()).evidence())
        .contains(
            new Evidence(
                "activation",
                "for a blank image and for noise the scores are -13.8 to 9.00; the output has 4"
                    + " classes for 3 labels"));
    assertThat(
            probe("detr_softmax.onnx", Map.of("labels", TestModels.LABELS_AND_BACKGROUND))
                .activation())
        .isEqualTo(Activation.SIGMOID);
  }

  @Test
  void knowsTheNormalizationOnlyOfUltralyticsDetr() {
    assertRefusal(
        () ->
            ModelProbe.probe(
                "m", TestModels.files("detr_sigmoid.onnx"), Map.of("labels", TestModels.LABELS)),
        "Cannot determine the normalization of model m (onnx): models with layout detr require"
            + " different ones; set normalization='imagenet' (torchvision, most of timm), 'half' (-1"
            + " to 1), 'clip' or 'none' (0 to 1), or set scale, mean and std");
    assertThat(ModelProbe.probe("m", TestModels.files("detr_single.onnx"), Map.of()).evidence())
        .contains(
            new Evidence(
                "normalization",
                "Ultralytics exported it, and trains with pixel values of 0 to 1"));
  }

  @Test
  void refusesALayoutThatDoesNotMatchTheOutput() {
    assertRefusal(
        () -> probe("yolov5.onnx", Map.of("layout", "yolox")),
        "Invalid layout for model m: yolox (for an input of 64x64 the onnx file's output is"
            + " [output [1, 252, 8]], but [B, 84, 5+C] is required)");
  }

  @Test
  void refusesAnInputSizeThatContradictsTheFile() {
    assertRefusal(
        () -> probe("yolov5.onnx", Map.of("input_size", "640x480")),
        "Invalid input_size for model m: 640x480 (the onnx file's input is [-1, 3, 64, 64],"
            + " 64x64)");
  }

  @Test
  void refusesABatchThatContradictsTheFile() {
    assertRefusal(
        () -> probe("yolov5_batch4.onnx", Map.of("batch", "2")),
        "Invalid batch for model m: 2 (the onnx file's input is [4, 3, 64, 64], 4)");
  }

  @Test
  void requestsALayoutThatItCannotDetermine() {
    assertRefusal(
        () -> probe("yolov5.torchscript", Map.of("input_size", "32")),
        "Cannot determine the layout of model m (torchscript): for an input of 32x32 its output is"
            + " [[1, 252, 8]]; it is not detr (the coordinates of its boxes would be 0.00 to 28.0); set"
            + " layout="
            + OutputLayouts.names());
  }

  @Test
  void reportsWhyTheModelDoesNotRun() {
    assertRefusal(
        () -> probe("half.torchscript", Map.of("input_size", "64", "precision", "float32")),
        "Cannot run model m (torchscript) on a blank image of 64x64: expected scalar type Float but"
            + " found Half; input_size, batch, precision or axes may be wrong");
  }

  @Test
  void refusesAModelOfGreyImages() {
    assertRefusal(
        () -> probe("grey.onnx", Map.of()),
        "Cannot use model m (onnx): its input is [-1, 1, 8, 8], but images have 3 channels");
  }

  @Test
  void reportsAllProblemsOfTheOptions() {
    Map<String, String> options =
        new java.util.TreeMap<>(
            Map.of(
                "colour", "rgb",
                "layout", "yolo",
                "mean", "1,2",
                "std", "0",
                "padding", "300",
                "labels", "/no/such/file"));

    assertRefusal(
        () -> ModelProbe.probe("m", TestModels.files("yolov5.onnx"), options),
        "Invalid options of model m: unknown option 'colour'; known: color, layout, scale, labels,"
            + " mean, std, axes, batch, padding, letterbox; invalid layout: 'yolo' ("
            + OutputLayouts.names()
            + "); Invalid labels: '/no/such/file' (coco80,"
            + " coco91, voc20, or a readable text file with one label per line); invalid padding:"
            + " '300' (0 to 255); invalid mean: '1,2' (one number or three, for example"
            + " 0.485,0.456,0.406); invalid std: '0' (one number above 0 or three, for example"
            + " 0.229,0.224,0.225)");
  }

  @Test
  void refusesAFileThatIsNotAModel(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("letter.onnx"), "Dear Sir or Madam");

    assertThatThrownBy(() -> ModelProbe.probe("m", Map.of(Engine.ONNX, text), Map.of()))
        .isInstanceOf(InferenceException.class)
        .hasMessageStartingWith(
            "Cannot load " + text + " as an ONNX model: it is not an ONNX model: ");
    assertThatThrownBy(() -> ModelProbe.probe("m", Map.of(Engine.TORCHSCRIPT, text), Map.of()))
        .isInstanceOf(InferenceException.class)
        .hasMessageStartingWith(
            "Cannot load " + text + " as a TorchScript model: it is not a TorchScript ZIP file: ");
  }

  @ParameterizedTest
  @CsvSource({"1", "10", "11", "16"})
  void readsFractionsOfAnyType(int type, @TempDir Path folder) throws IOException {
    Path file = OnnxFiles.write(folder.resolve("m.onnx"), OnnxFiles.meansOfChannels(type));

    ModelDescription model = probeOnnx(file);

    assertThat(model.layout()).isEqualTo(OutputLayouts.of("tagging"));
    try (LoadedModel loaded = ModelLoader.load(model, Map.of(Engine.ONNX, file), Device.CPU, 1);
        InputBuffer blank = new InputBuffer(model.input(), 1);
        ModelOutputs outputs = loaded.run(blank.bytes(), 1)) {
      assertThat(outputs.tensors().get(0).values().get(2)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"2", "3", "4", "5", "6", "7", "9", "12", "13"})
  void refusesIntegerScores(int type, @TempDir Path folder) throws IOException {
    Path file = OnnxFiles.write(folder.resolve("m.onnx"), OnnxFiles.meansOfChannels(type));

    assertRefusal(
        () -> probeOnnx(file),
        "Cannot use model m (onnx): the scores in its output y [1, 3] are integers of unknown"
            + " scale; export it with a float32 output");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 3, 100000, 8, 2, 8192",
    "1, 3, 8, 9223372036854775807, 3, 8192",
    "5000, 3, 8, 8, 0, 1024",
    "0, 3, 8, 8, 0, 1024",
    "1, 3, 0, 8, 2, 8192"
  })
  void refusesSizesOutOfRange(
      long batch, long channels, long height, long width, int axis, int max, @TempDir Path folder)
      throws IOException {
    OnnxFiles.Message graph =
        new OnnxFiles.Message()
            .message(1, OnnxFiles.node("", "Identity", "x", "y"))
            .text(2, "large")
            .message(11, OnnxFiles.tensorInfo("x", 1, batch, channels, height, width))
            .message(12, OnnxFiles.tensorInfo("y", 1, batch, channels, height, width));
    Path file = OnnxFiles.write(folder.resolve("m.onnx"), OnnxFiles.model(graph));

    assertRefusal(
        () -> probeOnnx(file),
        "Cannot use model m (onnx): its input is [%d, %d, %d, %d], but the size of axis %d must be 1 to %d"
            .formatted(batch, channels, height, width, axis, max));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7|1,3|INT64 [1, 3]",
        "1|1,2|FLOAT [1, 2]",
        "7|2|INT64 [2]",
      })
  void refusesAnotherInputForTheSizesOfImages(
      int type, String shape, String actual, @TempDir Path folder) throws IOException {
    long[] sizes = Arrays.stream(shape.split(",")).mapToLong(Long::parseLong).toArray();
    OnnxFiles.Message graph =
        new OnnxFiles.Message()
            .message(1, OnnxFiles.node("", "Identity", "images", "y"))
            .text(2, "detr")
            .message(11, OnnxFiles.tensorInfo("images", 1, 1, 3, 8, 8))
            .message(11, OnnxFiles.tensorInfo("orig_target_sizes", type, sizes))
            .message(12, OnnxFiles.tensorInfo("y", 1, 1, 3, 8, 8));
    Path file = OnnxFiles.write(folder.resolve("m.onnx"), OnnxFiles.model(graph));

    assertRefusal(
        () -> probeOnnx(file),
        "Cannot use the ONNX model: its input orig_target_sizes is "
            + actual
            + ", but INT64 [B, 2] is required, as in the exports of RT-DETR and D-FINE");
  }

  @Test
  void refusesOtherFurtherInputs(@TempDir Path folder) throws IOException {
    OnnxFiles.Message graph =
        new OnnxFiles.Message()
            .message(1, OnnxFiles.node("", "Identity", "images", "y"))
            .text(2, "detr")
            .message(11, OnnxFiles.tensorInfo("images", 1, 1, 3, 8, 8))
            .message(11, OnnxFiles.tensorInfo("im_shape", 1, 1, 2))
            .message(12, OnnxFiles.tensorInfo("y", 1, 1, 3, 8, 8));
    Path file = OnnxFiles.write(folder.resolve("m.onnx"), OnnxFiles.model(graph));

    assertRefusal(
        () -> probeOnnx(file),
        "Cannot use the ONNX model: it has 2 inputs [images, im_shape], but exactly one tensor of"
            + " images is required");
  }

  @Test
  void refusesLabelsThatNoColumnHolds(@TempDir Path folder) throws IOException {
    String names = "['%s', 'b', 'c']".formatted("x".repeat(3_000));
    OnnxFiles.Message model =
        OnnxFiles.meansOfChannels(1).message(14, OnnxFiles.metadata("names", names));
    Path file = OnnxFiles.write(folder.resolve("m.onnx"), model);

    assertRefusal(
        () -> ModelProbe.probe("m", Map.of(Engine.ONNX, file), Map.of()),
        "Invalid labels for model m: the label of class 0 has 3000 characters (at most 255): '"
            + "x".repeat(40)
            + "…'");
  }

  private static ModelDescription probeOnnx(Path file) {
    return ModelProbe.probe(
        "m",
        Map.of(Engine.ONNX, file),
        Map.of("labels", TestModels.LABELS, "normalization", "none"));
  }

  @Test
  void neverTreatsTheCpuAsAGpu() {
    ModelDescription onnx = probe("yolov5.onnx", Map.of());
    ModelDescription torch = probe("yolov5.torchscript", Map.of("input_size", "64"));

    assertRefusal(
        () -> ModelLoader.load(onnx, TestModels.files("yolov5.onnx"), Device.gpu(0), 1),
        "Cannot run an ONNX model on gpu:0: this ONNX Runtime does not support CUDA; put"
            + " onnxruntime_gpu on the class path instead, or use device=cpu");
    assertRefusal(
        () -> ModelLoader.load(torch, TestModels.files("yolov5.torchscript"), Device.gpu(0), 1),
        "Cannot run a TorchScript model on gpu:0: PyTorch finds 0 GPUs on this machine; use device=cpu");
  }

  private static ModelDescription probe(String file, Map<String, String> options) {
    Map<String, String> all = new HashMap<>(options);
    all.putIfAbsent("labels", TestModels.LABELS);
    if (!all.containsKey("mean")) {
      all.putAll(TestModels.options(file));
    }
    return ModelProbe.probe("m", TestModels.files(file), all);
  }

  private static void assertRefusal(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(InferenceException.class).hasMessage(message);
  }

  @Test
  void findsStandardLabelsByClassCount() {
    assertThat(ClassLabels.findStandard(80)).contains("coco80");
    assertThat(ClassLabels.load("coco91").get(90)).isEqualTo("toothbrush");
    assertThat(List.of(ClassLabels.load("voc20").get(14))).containsExactly("person");
  }
}
