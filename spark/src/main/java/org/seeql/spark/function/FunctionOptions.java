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
import org.seeql.planner.option.Option;
import org.seeql.planner.option.OptionList;
import org.seeql.planner.option.OptionScope;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.plan.RunOptions;
import org.seeql.spark.frame.ClassifyOptions;
import org.seeql.spark.frame.DetectOptions;
import org.seeql.spark.frame.EmbedOptions;
import org.seeql.spark.frame.ModelReference;
import org.seeql.spark.frame.OnFailure;
import org.seeql.spark.frame.TagOptions;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.ModelProbe;

/** Reads the options of calls. Options that a call does not set come from the session. */
final class FunctionOptions {
  private static final String MODEL = OptionTable.FUNCTION_MODEL.name();
  private static final String IMAGE_DIR = OptionTable.IMAGE_DIR.name();
  private static final OptionList DETECTION = OptionTable.of(OptionScope.DETECT_FUNCTION);
  private static final OptionList CLASSIFICATION = OptionTable.of(OptionScope.CLASSIFY_FUNCTION);

  private static final OptionList TAGGING = OptionTable.of(OptionScope.TAG_FUNCTION);
  private static final OptionList EMBEDDING = OptionTable.of(OptionScope.EMBED_FUNCTION);

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
    RunOptions run = runOptions(options, DETECTION);
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
    RunOptions run = runOptions(options, CLASSIFICATION);
    ClassifyOptions classification =
        ClassifyOptions.model(model(function, options))
            .withDevice(run.device())
            .withOnFailure(onFailure(options))
            .with(PipelineSettings.of(run));
    return run.imageDir().map(classification::withImageDir).orElse(classification);
  }

  /**
   * The options of a search for tags.
   *
   * @throws RefusalException for an unknown option, or if no model is named
   * @throws org.seeql.planner.plan.PlanningException for an invalid value
   */
  TagOptions tagging(String function, OptionSet given) {
    OptionSet options = complete(given, TAGGING);
    RunOptions run = runOptions(options, TAGGING);
    TagOptions tagging =
        TagOptions.model(model(function, options))
            .withDevice(run.device())
            .withOnFailure(onFailure(options))
            .with(PipelineSettings.of(run));
    return run.imageDir().map(tagging::withImageDir).orElse(tagging);
  }

  /**
   * The options of a computation of vectors.
   *
   * @throws RefusalException for an unknown option, or if no model is named
   * @throws org.seeql.planner.plan.PlanningException for an invalid value
   */
  EmbedOptions embedding(String function, OptionSet given) {
    OptionSet options = complete(given, EMBEDDING);
    RunOptions run = runOptions(options, EMBEDDING);
    EmbedOptions embedding =
        EmbedOptions.model(model(function, options))
            .withDevice(run.device())
            .withOnFailure(onFailure(options))
            .with(PipelineSettings.of(run));
    return run.imageDir().map(embedding::withImageDir).orElse(embedding);
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

  private OptionSet complete(OptionSet given, OptionList ofFunction) {
    List<String> known = new ArrayList<>(ofFunction.names());
    OptionSet all = ofSession(ofFunction.names()).overriddenBy(given);
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

  private static RunOptions runOptions(OptionSet options, OptionList ofFunction) {
    return RunOptions.parse(options.only(ofFunction.alsoIn(OptionScope.RUN).names()));
  }

  private static ModelReference model(String function, OptionSet options) {
    String model =
        options
            .find(MODEL)
            .map(Option::value)
            .orElseThrow(
                () ->
                    new RefusalException(
                        "Cannot call %s without a model: use %s(path, 'a model'), or set spark.seeql.model"
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
        OptionTable.ON_FAILURE.read(
            options,
            problem -> {
              throw new RefusalException(problem);
            });
    return OnFailure.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
