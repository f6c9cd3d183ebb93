package org.seeql.spark.function;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.seeql.database.RefusalException;
import org.seeql.job.inference.PipelineSettings;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.plan.Option;
import org.seeql.planner.plan.OptionSet;
import org.seeql.planner.plan.RunOptions;
import org.seeql.spark.frame.ClassifyOptions;
import org.seeql.spark.frame.DetectOptions;
import org.seeql.spark.frame.ModelReference;
import org.seeql.spark.frame.OnFailure;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.ModelProbe;

/** Reads the options of calls. Options that a call does not set come from the session. */
final class FunctionOptions {
  private static final String MODEL = "model";
  private static final String IMAGE_DIR = "image_dir";
  private static final String ON_FAILURE = "on_failure";
  private static final List<String> RUN =
      List.of(IMAGE_DIR, "batch_size", "device", "exif_rotation", "max_pixels");
  private static final List<String> DETECTION = List.of("confidence", "iou", "max_detections");
  private static final List<String> CLASSIFICATION = List.of("top_k");

  /** The options of CREATE MODEL, for a model in a file. */
  private static final List<String> FILE = ModelProbe.optionNames();

  private final SparkSession spark;

  FunctionOptions(SparkSession spark) {
    this.spark = requireNonNull(spark, "spark is null");
  }

  /**
   * The options of a detection.
   *
   * @throws RefusalException for an unknown option, or if no model is named
   * @throws org.seeql.planner.plan.PlanningException for an invalid value
   */
  DetectOptions detection(String function, OptionSet given) {
    OptionSet options = complete(given, DETECTION);
    RunOptions run = RunOptions.parse(only(options, DETECTION));
    DetectOptions detection =
        DetectOptions.model(model(function, options))
            .withDevice(run.device())
            .withOnFailure(onFailure(options))
            .with(PipelineSettings.of(run));
    return run.imageDir().map(detection::withImageDir).orElse(detection);
  }

  /**
   * The options of a classification.
   *
   * @throws RefusalException for an unknown option, or if no model is named
   * @throws org.seeql.planner.plan.PlanningException for an invalid value
   */
  ClassifyOptions classification(String function, OptionSet given) {
    OptionSet options = complete(given, CLASSIFICATION);
    RunOptions run = RunOptions.parse(only(options, CLASSIFICATION));
    ClassifyOptions classification =
        ClassifyOptions.model(model(function, options))
            .withDevice(run.device())
            .withOnFailure(onFailure(options))
            .with(PipelineSettings.of(run));
    return run.imageDir().map(classification::withImageDir).orElse(classification);
  }

  /**
   * The folder of relative paths, for a call without a model.
   *
   * @throws RefusalException for an unknown option
   */
  Optional<String> imageDir(OptionSet given) {
    requireKnown(given, List.of(IMAGE_DIR));
    return ofSession(List.of(IMAGE_DIR)).overriddenBy(given).find(IMAGE_DIR).map(Option::value);
  }

  private OptionSet complete(OptionSet given, List<String> ofTask) {
    List<String> own = new ArrayList<>(List.of(MODEL, ON_FAILURE));
    own.addAll(RUN);
    own.addAll(ofTask);
    List<String> known = new ArrayList<>(own);
    OptionSet all = ofSession(own).overriddenBy(given);
    boolean isFile = all.find(MODEL).filter(m -> isFile(m.value())).isPresent();
    known.addAll(isFile ? FILE : List.of());
    requireKnown(given, known);
    return all;
  }

  private static void requireKnown(OptionSet given, List<String> known) {
    given
        .options()
        .forEach(
            option -> {
              if (!known.contains(option.name())) {
                throw new RefusalException(
                    NearestNames.unknown("option", option.name(), known)
                        + "; it comes from "
                        + option.origin());
              }
            });
  }

  private OptionSet ofSession(List<String> names) {
    OptionSet options = OptionSet.NONE;
    for (String name : names) {
      String key = "spark.seeql." + name;
      String value = spark.conf().get(key, "");
      options = value.isBlank() ? options : options.with(name, value, key);
    }
    return options;
  }

  private static OptionSet only(OptionSet options, List<String> ofTask) {
    OptionSet kept = OptionSet.NONE;
    for (Option option : options.options()) {
      if (RUN.contains(option.name()) || ofTask.contains(option.name())) {
        kept = kept.with(option.name(), option.value(), option.origin());
      }
    }
    return kept;
  }

  private static ModelReference model(String function, OptionSet options) {
    String model =
        options
            .find(MODEL)
            .map(Option::value)
            .orElseThrow(
                () ->
                    new RefusalException(
                        "Cannot call %s without a model: say %s(path, 'a model'), or set spark.seeql.model"
                            .formatted(function, function)));
    if (!isFile(model)) {
      return ModelReference.named(model);
    }
    Map<String, String> ofFile = new LinkedHashMap<>();
    options.options().stream()
        .filter(option -> FILE.contains(option.name()))
        .forEach(option -> ofFile.put(option.name(), option.value()));
    return ModelReference.file(model, ofFile);
  }

  private static boolean isFile(String model) {
    return Engine.findByFileName(model).isPresent();
  }

  private static OnFailure onFailure(OptionSet options) {
    String word =
        options.find(ON_FAILURE).map(Option::value).orElse("keep").toLowerCase(Locale.ROOT);
    return switch (word) {
      case "keep" -> OnFailure.KEEP;
      case "fail" -> OnFailure.FAIL;
      default ->
          throw new RefusalException(
              "Invalid value for on_failure: '%s' (keep or fail); it comes from %s"
                  .formatted(word, options.find(ON_FAILURE).orElseThrow().origin()));
    };
  }
}
