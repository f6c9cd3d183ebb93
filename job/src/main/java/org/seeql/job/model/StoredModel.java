package org.seeql.job.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seeql.database.StoredJson;
import org.seeql.database.StoredWord;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.udf.detect.ModelVariation;
import org.seeql.udf.image.ColorOrder;
import org.seeql.udf.image.ImageConversion;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.MemoryLayout;
import org.seeql.udf.image.PixelType;
import org.seeql.udf.image.Placement;
import org.seeql.udf.image.TensorFormat;
import org.seeql.udf.layout.Activation;
import org.seeql.udf.layout.OutputLayouts;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.Evidence;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelFile;
import org.seeql.udf.model.ModelLoader;

/**
 * A model as stored in the columns of {@code models}.
 *
 * @param main the file in the format that is faster on a CPU
 */
record StoredModel(ModelFile main, String files, String input, String classNames, String options) {
  static final String SELECT =
      "SELECT name, version, layout, files, input, class_names, options, created FROM "
          + SystemSchema.table("models");

  /**
   * A file in the JSON array {@code files}.
   *
   * @param weights omitted if the file contains its weights
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private record StoredFile(String engine, String uri, String sha256, List<StoredWeights> weights) {
    static StoredFile of(ModelFile file) {
      return new StoredFile(
          file.engine().name(),
          file.uri().toString(),
          file.sha256(),
          file.weights().stream().map(w -> new StoredWeights(w.location(), w.sha256())).toList());
    }

    ModelFile toModelFile(String model) {
      List<StoredWeights> kept = Optional.ofNullable(weights).orElse(List.of());
      return new ModelFile(
          StoredWord.ofModel(model, "engine", engine, Engine::valueOf),
          URI.create(uri),
          sha256,
          kept.stream().map(w -> new ModelFile.Weights(w.location(), w.sha256())).toList());
    }
  }

  private record StoredWeights(String location, String sha256) {}

  /**
   * The JSON object {@code input}.
   *
   * @param evidence null in models of earlier versions
   * @param variation null for a model with files of its own
   */
  private record StoredInput(
      int width,
      int height,
      String color,
      String placement,
      int padding,
      double scale,
      List<Double> mean,
      List<Double> std,
      String pixelType,
      String memoryLayout,
      int batch,
      String activation,
      List<Evidence> evidence,
      @JsonInclude(JsonInclude.Include.NON_NULL) StoredVariation variation) {}

  /**
   * The variation of a base.
   *
   * @param latencyNanos minimum time per image
   * @param classCoverage the ids of the covered classes; empty for all
   */
  private record StoredVariation(
      String base,
      int baseVersion,
      long latencyNanos,
      double accuracy,
      List<Integer> classCoverage,
      long seed) {
    static StoredVariation of(BaseModel base, ModelVariation variation) {
      return new StoredVariation(
          base.name(),
          base.version(),
          variation.latency().toNanos(),
          variation.accuracy(),
          variation.classCoverage().stream().sorted().toList(),
          variation.seed());
    }

    ModelVariation toModelVariation() {
      return new ModelVariation(
          Duration.ofNanos(latencyNanos), accuracy, Set.copyOf(classCoverage), seed);
    }
  }

  static StoredModel of(
      ModelDescription model, Map<String, String> options, Optional<BaseModel> base) {
    TensorFormat tensor = model.input().tensor();
    ImageConversion conversion = model.input().conversion();
    ModelFile main = model.findFile(ModelLoader.fasterEngine(model, Device.CPU)).orElseThrow();
    return new StoredModel(
        main,
        StoredJson.write(model.files().stream().map(StoredFile::of).toList()),
        StoredJson.write(
            new StoredInput(
                tensor.width(),
                tensor.height(),
                conversion.color().name(),
                conversion.placement().name(),
                conversion.padding(),
                conversion.scale(),
                conversion.mean(),
                conversion.std(),
                tensor.pixelType().name(),
                tensor.memoryLayout().name(),
                tensor.batch(),
                model.activation().name(),
                model.evidence(),
                base.map(b -> StoredVariation.of(b, model.variation())).orElse(null))),
        StoredJson.write(model.labels()),
        StoredJson.write(options));
  }

  static RegisteredModel read(ResultSet row) throws SQLException {
    String name = row.getString("name");
    String what = "model '" + name + "'";
    try {
      List<StoredFile> files =
          StoredJson.read(row.getString("files"), new TypeReference<>() {}, what);
      StoredInput input = StoredJson.read(row.getString("input"), new TypeReference<>() {}, what);
      List<String> labels =
          StoredJson.read(row.getString("class_names"), new TypeReference<>() {}, what);
      Map<String, String> options =
          StoredJson.read(row.getString("options"), new TypeReference<>() {}, what);
      Optional<StoredVariation> variation = Optional.ofNullable(input.variation());
      ModelDescription description =
          new ModelDescription(
              name,
              StoredWord.ofModel(
                  name,
                  "layout",
                  row.getString("layout"),
                  word -> OutputLayouts.find(word).orElseThrow(IllegalArgumentException::new)),
              inputFormat(name, input),
              labels,
              files.stream().map(file -> file.toModelFile(name)).toList(),
              StoredWord.ofModel(name, "activation", input.activation(), Activation::valueOf),
              input.evidence() == null ? List.of() : input.evidence(),
              variation.map(StoredVariation::toModelVariation).orElse(ModelVariation.NONE));
      return new RegisteredModel(
          description,
          row.getInt("version"),
          row.getTimestamp("created").toInstant(),
          options,
          variation.map(v -> new BaseModel(v.base(), v.baseVersion())));
    } catch (IllegalArgumentException e) {
      throw new SQLException("Cannot read " + what, e);
    }
  }

  private static InputFormat inputFormat(String model, StoredInput input) {
    return new InputFormat(
        new TensorFormat(
            input.width(),
            input.height(),
            StoredWord.ofModel(model, "precision", input.pixelType(), PixelType::valueOf),
            StoredWord.ofModel(model, "axes", input.memoryLayout(), MemoryLayout::valueOf),
            input.batch()),
        new ImageConversion(
            StoredWord.ofModel(model, "color", input.color(), ColorOrder::valueOf),
            StoredWord.ofModel(model, "letterbox", input.placement(), Placement::valueOf),
            input.padding(),
            input.scale(),
            input.mean(),
            input.std()));
  }
}
