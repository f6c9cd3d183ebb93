package org.seeql.job.run;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seeql.job.StatementResult;
import org.seeql.job.inference.Devices;
import org.seeql.job.model.BaseModel;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.option.DeviceChoice;
import org.seeql.udf.detect.ModelVariation;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelFile;
import org.seeql.udf.model.ModelLoader;

/** Formats models for display. */
public final class ModelDisplay {
  private static final int NANOS_PER_MILLI_DIGITS = 6;

  private ModelDisplay() {}

  public static String created(RegisteredModel model) {
    ModelDescription description = model.description();
    return "Created model %s, version %d: %s, %s, input %s, %s%s"
        .formatted(
            description.name(),
            model.version(),
            model.task(),
            description.layout(),
            size(description),
            description.layout().hasClasses()
                ? description.coveredLabels().size() + " classes"
                : "vectors",
            model.base().map(base -> ", a variation of " + base).orElse(""));
  }

  public static StatementResult.ModelTable table(List<RegisteredModel> models) {
    return new StatementResult.ModelTable(
        models.stream()
            .map(
                model ->
                    new StatementResult.ModelLine(
                        model.description().name(),
                        model.version(),
                        model.task().toString(),
                        model.description().layout().toString(),
                        engines(model.description()),
                        size(model.description()),
                        model.description().coveredLabels().size(),
                        model.base().map(BaseModel::toString),
                        model.created()))
            .toList());
  }

  public static StatementResult.ModelDetails details(
      RegisteredModel model, Optional<String> profile) {
    ModelDescription description = model.description();
    InputFormat input = description.input();
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("name", description.name());
    properties.put("version", Integer.toString(model.version()));
    model
        .base()
        .ifPresent(
            base -> {
              properties.put("base", base.toString());
              properties.put("variation", variation(description.variation()));
            });
    properties.put("task", model.task().toString());
    properties.put("layout", description.layout().toString());
    properties.put(
        "input",
        "%s, %s %s, %s, %s"
            .formatted(
                size(description),
                input.conversion().color(),
                input.tensor().memoryLayout(),
                input.tensor().pixelType(),
                input.conversion().placement()));
    properties.put(
        "batch",
        input.fixedBatch().isPresent() ? Integer.toString(input.fixedBatch().getAsInt()) : "any");
    for (ModelFile file : description.files()) {
      String weights =
          file.weights().stream()
              .map(ModelFile.Weights::location)
              .collect(Collectors.joining(", ", ", weights in ", ""));
      properties.put(
          file.engine().toString(),
          file.uri()
              + " (sha256 "
              + file.sha256()
              + ")"
              + (file.weights().isEmpty() ? "" : weights));
    }
    Device device = Devices.choose(DeviceChoice.AUTO);
    properties.put("runs here", ModelLoader.fasterEngine(description, device) + " on " + device);
    if (description.layout().hasClasses()) {
      List<String> labels = description.coveredLabels();
      properties.put("classes", Integer.toString(labels.size()));
      properties.put("labels", String.join(", ", labels));
    }
    if (!model.options().isEmpty()) {
      properties.put(
          "options",
          model.options().entrySet().stream()
              .map(option -> option.getKey() + " = " + option.getValue())
              .collect(Collectors.joining(", ")));
    }
    description
        .evidence()
        .forEach(found -> properties.put("reason for " + found.option(), found.reason()));
    properties.put("created", model.created().toString());
    if (description.layout().hasClasses()) {
      properties.put("profile", profile.orElse("none; create one with SELECT … TO EVALUATE"));
    }
    return new StatementResult.ModelDetails(description.name(), properties);
  }

  private static String variation(ModelVariation variation) {
    List<String> parts = new ArrayList<>();
    parts.add("accuracy = " + variation.accuracy());
    parts.add(
        "latency = "
            + BigDecimal.valueOf(variation.latency().toNanos(), NANOS_PER_MILLI_DIGITS)
                .stripTrailingZeros()
                .toPlainString()
            + " ms");
    if (!variation.classCoverage().isEmpty()) {
      parts.add(
          "class_coverage = "
              + variation.classCoverage().stream()
                  .sorted()
                  .map(Object::toString)
                  .collect(Collectors.joining(",")));
    }
    return String.join(", ", parts);
  }

  private static String engines(ModelDescription model) {
    return model.files().stream()
        .map(file -> file.engine().toString())
        .collect(Collectors.joining(", "));
  }

  private static String size(ModelDescription model) {
    return model.input().width() + "x" + model.input().height();
  }
}
