package org.seeql.udf.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.seeql.udf.InferenceException;

/**
 * Checks an ONNX file before ONNX Runtime reads it: its operators, and the files that contain its
 * weights.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/v1.18.0/onnx/onnx.proto">The fields' numbers</a>
 */
public final class OnnxFile {
  /** All operators in these domains only compute. */
  private static final Set<String> STANDARD =
      Set.of("", "ai.onnx", "ai.onnx.ml", "com.microsoft.nchwc");

  private static final String MICROSOFT = "com.microsoft";

  /**
   * ONNX Runtime's own operators that image models use. EPContext is not included, because it
   * refers to files.
   */
  private static final Set<String> OF_MICROSOFT =
      Set.of(
          "Attention",
          "BiasAdd",
          "BiasGelu",
          "BiasSoftmax",
          "BiasSplitGelu",
          "CDist",
          "ComplexMul",
          "ComplexMulConj",
          "ConvTransposeWithDynamicPads",
          "CropAndResize",
          "DequantizeLinear",
          "DynamicQuantizeMatMul",
          "EmbedLayerNormalization",
          "ExpandDims",
          "FastGelu",
          "FusedConv",
          "FusedGemm",
          "FusedMatMul",
          "FusedMatMulActivation",
          "GatherBlockQuantized",
          "GatherND",
          "Gelu",
          "GemmFastGelu",
          "GemmFloat8",
          "GridSample",
          "GroupNorm",
          "GroupQueryAttention",
          "Inverse",
          "Irfft",
          "LayerNormalization",
          "MatMulBnb4",
          "MatMulFpQ4",
          "MatMulInteger16",
          "MatMulIntegerToFloat",
          "MatMulNBits",
          "MaxpoolWithMask",
          "MulInteger",
          "MultiHeadAttention",
          "NhwcConv",
          "NhwcFusedConv",
          "NhwcMaxPool",
          "Pad",
          "QAttention",
          "QEmbedLayerNormalization",
          "QGemm",
          "QLinearAdd",
          "QLinearAveragePool",
          "QLinearConcat",
          "QLinearConv",
          "QLinearGlobalAveragePool",
          "QLinearLeakyRelu",
          "QLinearMul",
          "QLinearReduceMean",
          "QLinearSigmoid",
          "QLinearSoftmax",
          "QLinearWhere",
          "QuantizeLinear",
          "QuantizeWithOrder",
          "DequantizeWithOrder",
          "QuickGelu",
          "Range",
          "ReduceSumInteger",
          "RelativePositionBias",
          "Rfft",
          "RotaryEmbedding",
          "SkipGroupNorm",
          "SkipLayerNormalization",
          "SkipSimplifiedLayerNormalization",
          "SimplifiedLayerNormalization",
          "SparseToDenseMatMul",
          "TransposeMatMul",
          "Trilu",
          "UnfoldTensor",
          "Unique");

  private static final int MAX_DEPTH = 64;
  private static final int EXTERNAL = 1;

  private record Operator(String domain, String name) {
    @Override
    public String toString() {
      return (domain.isEmpty() ? "ai.onnx" : domain) + "::" + name;
    }
  }

  private final Set<Operator> used = new HashSet<>();
  private final Set<Operator> defined = new HashSet<>();
  private final Set<String> locations = new TreeSet<>();
  // whether the file has external data; global, because the parts of one tensor may be far apart
  private boolean external;

  private OnnxFile() {}

  /**
   * The files with a model's external weights, in its own folder; none for most models.
   *
   * @throws InferenceException if one of them is elsewhere, or the file cannot be read as ONNX
   */
  public static List<String> externalFiles(Path file) {
    try {
      OnnxFile model = read(file);
      model.checkLocations();
      return model.external ? List.copyOf(model.locations) : List.of();
    } catch (ForbiddenModelException e) {
      throw new InferenceException(
          "Cannot load %s as an ONNX model: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Checks the operators and the location of the weights.
   *
   * @throws ForbiddenModelException if it uses a forbidden feature, or cannot be checked
   */
  static void check(Path file) throws ForbiddenModelException {
    OnnxFile model = read(file);
    model.checkLocations();
    Optional<Operator> forbidden =
        model.used.stream().filter(operator -> !model.isAllowed(operator)).findFirst();
    if (forbidden.isPresent()) {
      throw new ForbiddenModelException(
          "it uses the operator %s, which is not allowed in a model".formatted(forbidden.get()));
    }
  }

  private boolean isAllowed(Operator operator) {
    return STANDARD.contains(operator.domain())
        || (operator.domain().equals(MICROSOFT) && OF_MICROSOFT.contains(operator.name()))
        || (!operator.domain().startsWith(MICROSOFT) && defined.contains(operator));
  }

  private void checkLocations() throws ForbiddenModelException {
    for (String location : locations) {
      if (!isBelow(location)) {
        throw new ForbiddenModelException(
            "its weights are in '%s', but they must be in the model's own folder"
                .formatted(location));
      }
    }
  }

  /**
   * Whether a path is relative and stays in the folder; {@code *} starts ONNX Runtime's own
   * addresses.
   */
  static boolean isBelow(String location) {
    for (String part : location.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return false;
      }
    }
    return location.chars().noneMatch(c -> c < ' ' || c == '\\' || c == ':' || c == '*');
  }

  private static OnnxFile read(Path file) throws ForbiddenModelException {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new ForbiddenModelException("it has more than 2 GiB, the maximum of an ONNX model");
      }
      OnnxFile model = new OnnxFile();
      model.readModel(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
      return model;
    } catch (IOException | IllegalArgumentException e) {
      throw new ForbiddenModelException("it is not an ONNX model: " + e.getMessage(), e);
    }
  }

  private void readModel(ByteBuffer bytes) {
    boolean graph = false;
    for (ProtobufReader model = new ProtobufReader(bytes); model.next(); ) {
      if (model.isMessage(7)) {
        graph = true;
        readGraph(model.content(), 0);
      } else if (model.isMessage(25)) {
        readFunction(model.content());
      }
    }
    if (!graph) {
      throw new IllegalArgumentException("it has no graph");
    }
  }

  private void readFunction(ByteBuffer bytes) {
    String name = "";
    String domain = "";
    for (ProtobufReader function = new ProtobufReader(bytes); function.next(); ) {
      if (function.isMessage(1)) {
        name = function.text();
      } else if (function.isMessage(10)) {
        domain = function.text();
      } else if (function.isMessage(7)) {
        readNode(function.content(), 0);
      } else if (function.isMessage(11)) {
        readAttribute(function.content(), 0);
      }
    }
    defined.add(new Operator(domain, name));
  }

  private void readGraph(ByteBuffer bytes, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("its graphs are nested too deeply");
    }
    for (ProtobufReader graph = new ProtobufReader(bytes); graph.next(); ) {
      if (graph.isMessage(1)) {
        readNode(graph.content(), depth);
      } else if (graph.isMessage(5)) {
        readTensor(graph.content());
      } else if (graph.isMessage(15)) {
        readSparseTensor(graph.content());
      }
    }
  }

  private void readNode(ByteBuffer bytes, int depth) {
    String name = "";
    String domain = "";
    for (ProtobufReader node = new ProtobufReader(bytes); node.next(); ) {
      if (node.isMessage(4)) {
        name = node.text();
      } else if (node.isMessage(7)) {
        domain = node.text();
      } else if (node.isMessage(5)) {
        readAttribute(node.content(), depth);
      }
    }
    used.add(new Operator(domain, name));
  }

  private void readAttribute(ByteBuffer bytes, int depth) {
    for (ProtobufReader attribute = new ProtobufReader(bytes); attribute.next(); ) {
      if (attribute.isMessage(5) || attribute.isMessage(10)) {
        readTensor(attribute.content());
      } else if (attribute.isMessage(6) || attribute.isMessage(11)) {
        readGraph(attribute.content(), depth + 1);
      } else if (attribute.isMessage(22) || attribute.isMessage(23)) {
        readSparseTensor(attribute.content());
      }
    }
  }

  private void readSparseTensor(ByteBuffer bytes) {
    for (ProtobufReader tensor = new ProtobufReader(bytes); tensor.next(); ) {
      if (tensor.isMessage(1) || tensor.isMessage(2)) {
        readTensor(tensor.content());
      }
    }
  }

  private void readTensor(ByteBuffer bytes) {
    for (ProtobufReader tensor = new ProtobufReader(bytes); tensor.next(); ) {
      if (tensor.isMessage(13)) {
        readExternalData(tensor.content()).ifPresent(locations::add);
      } else if (tensor.isNumber(14)) {
        external |= (int) tensor.number() == EXTERNAL;
      }
    }
  }

  private static Optional<String> readExternalData(ByteBuffer bytes) {
    String key = "";
    String value = "";
    for (ProtobufReader entry = new ProtobufReader(bytes); entry.next(); ) {
      if (entry.isMessage(1)) {
        key = entry.text();
      } else if (entry.isMessage(2)) {
        value = entry.text();
      }
    }
    return key.equals("location") ? Optional.of(value) : Optional.empty();
  }
}
