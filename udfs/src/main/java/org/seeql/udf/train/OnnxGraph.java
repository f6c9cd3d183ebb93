package org.seeql.udf.train;

import static java.util.Objects.requireNonNull;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seeql.udf.InferenceException;

/**
 * An ONNX model whose graph can be cut. Contains all weights, also those of external files.
 * Immutable.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/v1.18.0/docs/IR.md">ONNX's specification</a>
 */
final class OnnxGraph {
  /** Gemm without the attribute {@code broadcast}. */
  private static final long OLDEST_OPSET = 7;

  /** A protobuf message has at most 2 GiB. */
  private static final long MAX_BYTES = 1_900L << 20;

  /** Operators whose outputs are feature maps of a convolutional network. */
  private static final Set<String> OF_FEATURE_MAPS =
      Set.of(
          "Conv",
          "FusedConv",
          "BatchNormalization",
          "InstanceNormalization",
          "GroupNormalization",
          "Relu",
          "LeakyRelu",
          "PRelu",
          "Elu",
          "Clip",
          "HardSwish",
          "Mish",
          "Gelu",
          "Mul",
          "Add",
          "Concat",
          "MaxPool",
          "AveragePool");

  private final ModelProto model;

  private OnnxGraph(ModelProto model) {
    this.model = requireNonNull(model, "model is null");
  }

  /**
   * Reads a file and its external weights.
   *
   * @throws InferenceException if it cannot be read, or is too large or too old
   */
  static OnnxGraph read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw tooLarge(file);
      }
      ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
      long opset =
          model.getOpsetImportList().stream()
              .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
              .mapToLong(OperatorSetIdProto::getVersion)
              .findFirst()
              .orElse(1);
      if (opset < OLDEST_OPSET) {
        throw new InferenceException(
            "Cannot train on the features of %s: its ONNX operator set has version %d, and version %d or newer is required; export it again"
                .formatted(file, opset, OLDEST_OPSET));
      }
      return new OnnxGraph(withWeights(model, file));
    } catch (IOException e) {
      throw new InferenceException("Cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static InferenceException tooLarge(Path file) {
    return new InferenceException(
        "Cannot train on the features of %s: the model has more than %d MiB, the maximum of one ONNX file; use a smaller backbone"
            .formatted(file, MAX_BYTES >> 20));
  }

  /** The same model with the content of its external files. */
  private static ModelProto withWeights(ModelProto model, Path file) throws IOException {
    long bytes = model.getSerializedSize();
    GraphProto.Builder graph = model.getGraph().toBuilder();
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      TensorProto tensor = graph.getInitializer(i);
      if (tensor.getDataLocation() != TensorProto.DataLocation.EXTERNAL) {
        continue;
      }
      ByteString data = external(tensor, file, MAX_BYTES - bytes);
      bytes += data.size();
      graph.setInitializer(
          i, tensor.toBuilder().clearExternalData().clearDataLocation().setRawData(data).build());
    }
    return model.toBuilder().setGraph(graph).build();
  }

  private static ByteString external(TensorProto tensor, Path file, long most) throws IOException {
    Map<String, String> place = new LinkedHashMap<>();
    tensor.getExternalDataList().forEach(entry -> place.put(entry.getKey(), entry.getValue()));
    Path data = file.resolveSibling(place.getOrDefault("location", ""));
    try (FileChannel channel = FileChannel.open(data)) {
      long offset = Long.parseLong(place.getOrDefault("offset", "0"));
      long length =
          place.containsKey("length")
              ? Long.parseLong(place.get("length"))
              : channel.size() - offset;
      if (length > most) {
        throw tooLarge(file);
      }
      return ByteString.copyFrom(channel.map(FileChannel.MapMode.READ_ONLY, offset, length));
    }
  }

  /** The names of the tensors that the nodes compute, in the order of the nodes. */
  List<String> tensors() {
    List<String> names = new ArrayList<>();
    for (NodeProto node : model.getGraph().getNodeList()) {
      if (!node.getOpType().equals("Constant")) {
        node.getOutputList().stream().filter(name -> !name.isEmpty()).forEach(names::add);
      }
    }
    return names;
  }

  /** The names of the feature maps of a convolutional network, in the order of the nodes. */
  List<String> featureMaps() {
    return model.getGraph().getNodeList().stream()
        .filter(node -> OF_FEATURE_MAPS.contains(node.getOpType()))
        .map(node -> node.getOutput(0))
        .toList();
  }

  /** The input of the last matrix multiplication with weights before an output. */
  Optional<String> inputOfLastLayer(String output) {
    Set<String> weights = new HashSet<>();
    model.getGraph().getInitializerList().forEach(tensor -> weights.add(tensor.getName()));
    model.getGraph().getNodeList().stream()
        .filter(n -> Set.of("Constant", "DequantizeLinear", "Transpose").contains(n.getOpType()))
        .filter(n -> weights.containsAll(n.getInputList()))
        .forEach(n -> weights.addAll(n.getOutputList()));
    Set<NodeProto> needed = new HashSet<>(nodes(Set.of(output)));
    return model.getGraph().getNodeList().stream()
        .filter(needed::contains)
        .filter(n -> n.getOpType().equals("Gemm") || n.getOpType().equals("MatMul"))
        .filter(n -> weights.contains(n.getInput(1)))
        .reduce((first, second) -> second)
        .map(n -> n.getInput(0));
  }

  /** The nodes that tensors depend on, in the order of the graph. */
  private List<NodeProto> nodes(Set<String> tensors) {
    Set<String> needed = new HashSet<>(tensors);
    List<NodeProto> nodes = new ArrayList<>();
    List<NodeProto> all = model.getGraph().getNodeList();
    // the nodes of a graph are sorted topologically
    for (int i = all.size() - 1; i >= 0; i--) {
      NodeProto node = all.get(i);
      if (node.getOutputList().stream().anyMatch(needed::contains)) {
        nodes.add(0, node);
        addInputs(node, needed);
      }
    }
    return nodes;
  }

  /** Nodes with graphs of their own also read tensors around them. */
  private static void addInputs(NodeProto node, Set<String> names) {
    names.addAll(node.getInputList());
    for (AttributeProto attribute : node.getAttributeList()) {
      List<GraphProto> graphs = new ArrayList<>(attribute.getGraphsList());
      if (attribute.hasG()) {
        graphs.add(attribute.getG());
      }
      for (GraphProto graph : graphs) {
        graph.getNodeList().forEach(inner -> addInputs(inner, names));
        graph.getOutputList().forEach(output -> names.add(output.getName()));
      }
    }
  }

  /** The part of the model that computes some tensors, which are its outputs. */
  ModelProto computing(List<String> outputs) {
    List<NodeProto> nodes = nodes(Set.copyOf(outputs));
    Set<String> used = new HashSet<>(outputs);
    nodes.forEach(
        node -> {
          addInputs(node, used);
          used.addAll(node.getOutputList());
        });
    GraphProto whole = model.getGraph();
    GraphProto.Builder graph = GraphProto.newBuilder().setName(whole.getName()).addAllNode(nodes);
    whole.getInitializerList().stream()
        .filter(tensor -> used.contains(tensor.getName()))
        .forEach(graph::addInitializer);
    whole.getSparseInitializerList().stream()
        .filter(tensor -> used.contains(tensor.getValues().getName()))
        .forEach(graph::addSparseInitializer);
    whole.getInputList().stream()
        .filter(input -> used.contains(input.getName()))
        .forEach(graph::addInput);
    whole.getValueInfoList().stream()
        .filter(value -> used.contains(value.getName()) && !outputs.contains(value.getName()))
        .forEach(graph::addValueInfo);
    outputs.forEach(name -> graph.addOutput(output(name)));
    return model.toBuilder()
        .clearTrainingInfo()
        .clearMetadataProps()
        .setProducerName("SeeQL")
        .clearProducerVersion()
        .setGraph(graph)
        .build();
  }

  /** The declared output of a name; ONNX Runtime infers the type of others. */
  private ValueInfoProto output(String name) {
    return model.getGraph().getOutputList().stream()
        .filter(output -> output.getName().equals(name))
        .findFirst()
        .orElseGet(() -> ValueInfoProto.newBuilder().setName(name).build());
  }

  /** The first output of the model. */
  String firstOutput() {
    return model.getGraph().getOutput(0).getName();
  }

  /** The value of a key of the metadata. */
  Optional<String> metadata(String key) {
    return model.getMetadataPropsList().stream()
        .filter(entry -> entry.getKey().equals(key))
        .map(StringStringEntryProto::getValue)
        .findFirst();
  }

  /** A name that no tensor and no node of the model has. */
  String freeName(String wanted) {
    Set<String> taken = new HashSet<>();
    for (NodeProto node : model.getGraph().getNodeList()) {
      taken.add(node.getName());
      taken.addAll(node.getOutputList());
      addInputs(node, taken);
    }
    model.getGraph().getInitializerList().forEach(tensor -> taken.add(tensor.getName()));
    String name = wanted;
    for (int i = 2; taken.contains(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  /** An output {@code [B, size]} of float32. */
  static ValueInfoProto floats(String name, int size) {
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber());
    tensor.getShapeBuilder().addDimBuilder().setDimParam("batch");
    tensor.getShapeBuilder().addDimBuilder().setDimValue(size);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
