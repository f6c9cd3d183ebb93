package org.seeql.udf.train;

import static java.util.Objects.requireNonNull;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.seeql.udf.InferenceException;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.layout.ClassificationLayout;
import org.seeql.udf.layout.DetectorLayout;
import org.seeql.udf.layout.EmbeddingLayout;
import org.seeql.udf.layout.OutputLayout;
import org.seeql.udf.layout.TaggingLayout;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.TensorProbe;

/**
 * A model that is cut at a tensor, whose values are the features of an image. A tensor {@code [B,
 * D]} is used as it is. A feature map {@code [B, C, h, w]} is averaged over its area. Immutable.
 */
public final class Backbone {
  private static final String FEATURES = "features";
  private static final String SCORES = "scores";
  private static final int VECTOR_AXES = 2;
  private static final int MAP_AXES = 4;

  private final OnnxGraph graph;
  private final String layer;
  private final List<Long> shape;

  private Backbone(OnnxGraph graph, String layer, List<Long> shape) {
    this.graph = requireNonNull(graph, "graph is null");
    this.layer = requireNonNull(layer, "layer is null");
    this.shape = List.copyOf(shape);
  }

  /** A layer that a backbone does not have, or that cannot be a feature. */
  public static final class LayerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> known;

    LayerException(String message, List<String> known) {
      super(message);
      this.known = List.copyOf(known);
    }

    /** The layers of the backbone, if the layer is unknown or was not determined; else empty. */
    public List<String> known() {
      return known;
    }
  }

  /**
   * Cuts a model.
   *
   * @param file a local copy of its ONNX file
   * @param layer the tensor; if empty, it depends on the task of the model
   * @throws LayerException if there is no such tensor, or it has neither two axes nor four
   * @throws InferenceException if the file cannot be read or run
   */
  public static Backbone cut(ModelDescription model, Path file, Optional<String> layer)
      throws LayerException {
    OnnxGraph graph = OnnxGraph.read(file);
    if (layer.isPresent() && !graph.tensors().contains(layer.get())) {
      throw new LayerException("", graph.tensors());
    }
    String chosen =
        layer.isPresent() ? layer.get() : model.layout().accept(new Default(graph, model, file));
    if (chosen.isEmpty()) {
      throw new LayerException(
          "Cannot determine the layer of model '%s' with the features".formatted(model.name()),
          graph.tensors());
    }
    List<Long> shape = shapes(graph, model.input(), List.of(chosen)).get(chosen);
    if (shape.size() != VECTOR_AXES && shape.size() != MAP_AXES) {
      throw new LayerException(
          "The layer '%s' of model '%s' has the shape %s, but [B, D] or [B, C, h, w] is required; choose another layer"
              .formatted(chosen, model.name(), shape),
          List.of());
    }
    return new Backbone(graph, chosen, shape);
  }

  private static Map<String, List<Long>> shapes(
      OnnxGraph graph, InputFormat input, List<String> tensors) {
    try {
      Path part = Files.createTempFile("seeql-layers", ".onnx");
      try {
        Files.write(part, graph.computing(tensors).toByteArray());
        return TensorProbe.shapes(part, input);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write a temporary file", e);
    }
  }

  /** The layer of a model if the user names none; empty if it cannot be determined. */
  private record Default(OnnxGraph graph, ModelDescription model, Path file)
      implements OutputLayout.Visitor<String> {
    /** The deepest map: of the smallest area, the one with most channels, else the last. */
    @Override
    public String detector(DetectorLayout detector) {
      List<String> maps = graph.featureMaps();
      if (maps.isEmpty()) {
        return "";
      }
      Map<String, List<Long>> shapes = shapes(graph, model.input(), maps);
      String deepest = "";
      long area = Long.MAX_VALUE;
      long channels = 0;
      for (String map : maps) {
        List<Long> shape = shapes.get(map);
        // a map of one cell comes from a block that weights channels
        if (shape.size() != MAP_AXES || shape.get(2) < 2 || shape.get(3) < 2) {
          continue;
        }
        long its = shape.get(2) * shape.get(3);
        if (its < area || (its == area && shape.get(1) >= channels)) {
          deepest = map;
          area = its;
          channels = shape.get(1);
        }
      }
      return deepest;
    }

    @Override
    public String classifier(ClassificationLayout classifier) {
      return graph.inputOfLastLayer(graph.firstOutput()).orElse("");
    }

    @Override
    public String tagger(TaggingLayout tagger) {
      return graph.inputOfLastLayer(graph.firstOutput()).orElse("");
    }

    @Override
    public String embedder(EmbeddingLayout embedder) {
      return embedder.vectorOutput(TensorProbe.shapes(file, model.input()));
    }
  }

  /** The name of the tensor. */
  public String layer() {
    return layer;
  }

  /** The number of features of an image. */
  public int features() {
    return Math.toIntExact(shape.get(1));
  }

  /** An ONNX file whose only output is {@code [B, features]}. */
  public byte[] featureFile() {
    String output = graph.freeName(FEATURES);
    ModelProto.Builder model = graph.computing(List.of(layer)).toBuilder();
    model.setGraph(withVector(model.getGraph(), output));
    return model.build().toByteArray();
  }

  /** A graph whose only output is the vector, in float32. */
  private GraphProto.Builder withVector(GraphProto computing, String output) {
    GraphProto.Builder changed = computing.toBuilder().clearOutput();
    String last = layer;
    if (shape.size() == MAP_AXES) {
      String pooled = graph.freeName("pooled");
      String flat = graph.freeName("flat");
      changed.addNode(node("GlobalAveragePool", List.of(last), pooled));
      changed.addNode(node("Flatten", List.of(pooled), flat).addAttribute(integer("axis", 1)));
      last = flat;
    }
    changed.addNode(
        node("Cast", List.of(last), output)
            .addAttribute(integer("to", TensorProto.DataType.FLOAT.getNumber())));
    return changed.addOutput(OnnxGraph.floats(output, features()));
  }

  /**
   * An ONNX file of the model and a head. Its only output is {@code [B, classes]}. Its metadata
   * contain the task and the names of the classes.
   *
   * @param task {@code classify} or {@code tag}
   */
  public byte[] trainedFile(LinearHead head, String task, List<String> classes) {
    String features = graph.freeName(FEATURES);
    String weights = graph.freeName("head.weight");
    String bias = graph.freeName("head.bias");
    String logits = graph.freeName("logits");
    String output = graph.freeName(SCORES);
    ModelProto.Builder model = graph.computing(List.of(layer)).toBuilder();
    GraphProto.Builder changed = withVector(model.getGraph(), features).clearOutput();
    changed.addInitializer(matrix(weights, head.weights()));
    changed.addInitializer(floats(bias, List.of((long) head.classes()), head.bias()));
    changed.addNode(
        node("Gemm", List.of(features, weights, bias), logits).addAttribute(integer("transB", 1)));
    switch (head.kind()) {
      case SOFTMAX ->
          changed.addNode(
              node("Softmax", List.of(logits), output).addAttribute(integer("axis", 1)));
      case SIGMOID -> changed.addNode(node("Sigmoid", List.of(logits), output));
    }
    changed.addOutput(OnnxGraph.floats(output, head.classes()));
    model.setGraph(changed);
    model.addMetadataProps(entry("task", task));
    model.addMetadataProps(entry("names", names(classes)));
    graph.metadata("imgsz").ifPresent(size -> model.addMetadataProps(entry("imgsz", size)));
    return model.build().toByteArray();
  }

  private NodeProto.Builder node(String operator, List<String> inputs, String output) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(graph.freeName("seeql/" + operator))
        .addAllInput(inputs)
        .addOutput(output);
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  /** The names as Ultralytics writes them: a dictionary of Python. */
  private static String names(List<String> classes) {
    return IntStream.range(0, classes.size())
        .mapToObj(i -> i + ": '" + escaped(classes.get(i)) + "'")
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String escaped(String name) {
    return name.replace("\\", "\\\\")
        .replace("'", "\\'")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }

  private static TensorProto matrix(String name, float[][] rows) {
    float[] values = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, values, i * rows[0].length, rows[0].length);
    }
    return floats(name, List.of((long) rows.length, (long) rows[0].length), values);
  }

  private static TensorProto floats(String name, List<Long> shape, float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.FLOAT.getNumber())
        .addAllDims(shape)
        .setRawData(ByteString.copyFrom(bytes))
        .build();
  }
}
