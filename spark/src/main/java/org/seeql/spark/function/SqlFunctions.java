package org.seeql.spark.function;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.seeql.database.RefusalException;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.option.OptionSet;
import org.seeql.spark.frame.ClassifyOptions;
import org.seeql.spark.frame.DetectOptions;
import org.seeql.spark.frame.EmbedOptions;
import org.seeql.spark.frame.FrameTaskPlanner;
import org.seeql.spark.frame.FrameTaskSettings;
import org.seeql.spark.frame.TagOptions;
import org.seeql.spark.session.ScalaSequences;
import org.seeql.spark.session.SparkErrors;
import scala.Function1;
import scala.Tuple3;
import scala.collection.immutable.Seq;

/**
 * The image functions of Spark SQL: {@code detect}, {@code classify}, {@code tag}, {@code embed},
 * {@code has_object} and {@code image_info}. {@code detect_error} and the like return why the first
 * four are NULL.
 */
public final class SqlFunctions {
  private static final String DETECT =
      "detect(path [, 'model' | 'option=value, …' | map('option', 'value', …)] [, option => value] …)";

  private SqlFunctions() {}

  /** Builds a function call from its arguments. */
  private interface Builder {
    Expression build(FunctionArguments arguments, SparkSession spark);
  }

  /** Registers the functions in sessions, and the rules that evaluate them in batches of images. */
  public static void inject(SparkSessionExtensions extensions) {
    String rest = DETECT.substring("detect".length());
    add(extensions, "detect", DETECT, SqlFunctions::detect);
    add(extensions, "detect_error", "detect_error" + rest, SqlFunctions::detect);
    add(extensions, "classify", "classify" + rest, SqlFunctions::classify);
    add(extensions, "classify_error", "classify_error" + rest, SqlFunctions::classify);
    add(extensions, "tag", "tag" + rest, SqlFunctions::tag);
    add(extensions, "tag_error", "tag_error" + rest, SqlFunctions::tag);
    add(extensions, "embed", "embed" + rest, SqlFunctions::embed);
    add(extensions, "embed_error", "embed_error" + rest, SqlFunctions::embed);
    add(
        extensions,
        "has_object",
        "has_object(path, 'class' [, 'model' | 'option=value, …' | map('option', 'value', …)] [, option => value] …)",
        SqlFunctions::hasObject);
    add(
        extensions,
        "image_info",
        "image_info(path [, image_dir => 'folder'])",
        SqlFunctions::imageInfo);
    extensions.injectPreCBORule(session -> new ExtractImageCalls());
    extensions.injectPlannerStrategy(session -> new ImageStrategy());
  }

  private static void add(
      SparkSessionExtensions extensions, String name, String usage, Builder builder) {
    Function1<Seq<Expression>, Expression> built =
        arguments ->
            SparkErrors.translating(
                () ->
                    builder.build(
                        FunctionArguments.of(name, usage, ScalaSequences.list(arguments)),
                        SparkSession.active()));
    extensions.injectFunction(
        Tuple3.apply(
            FunctionIdentifier.apply(name),
            new ExpressionInfo(
                ImageCall.class.getName(), null, name, usage, "", "", "", "", "", "", ""),
            built));
  }

  private static Expression detect(FunctionArguments arguments, SparkSession spark) {
    ModelImageFunction work = detection(arguments, arguments.options(0), spark);
    return new ImageCall(arguments.image(), work, field(arguments.function(), "detect"));
  }

  private static ImageAnswer field(String function, String value) {
    return new ImageAnswer.Field(
        function,
        function.equals(value) ? ModelImageFunction.PREDICTIONS : ModelImageFunction.ERROR);
  }

  private static ModelImageFunction detection(
      FunctionArguments arguments, OptionSet options, SparkSession spark) {
    DetectOptions read = new FunctionOptions(spark).detection(arguments.function(), options);
    return new ModelImageFunction(new FrameTaskPlanner(spark).detection(read), read.onFailure());
  }

  private static Expression classify(FunctionArguments arguments, SparkSession spark) {
    ClassifyOptions read =
        new FunctionOptions(spark).classification(arguments.function(), arguments.options(0));
    ModelImageFunction work =
        new ModelImageFunction(new FrameTaskPlanner(spark).classification(read), read.onFailure());
    return new ImageCall(arguments.image(), work, field(arguments.function(), "classify"));
  }

  private static Expression tag(FunctionArguments arguments, SparkSession spark) {
    TagOptions read =
        new FunctionOptions(spark).tagging(arguments.function(), arguments.options(0));
    ModelImageFunction work =
        new ModelImageFunction(new FrameTaskPlanner(spark).tagging(read), read.onFailure());
    return new ImageCall(arguments.image(), work, field(arguments.function(), "tag"));
  }

  private static Expression embed(FunctionArguments arguments, SparkSession spark) {
    EmbedOptions read =
        new FunctionOptions(spark).embedding(arguments.function(), arguments.options(0));
    ModelImageFunction work =
        new ModelImageFunction(new FrameTaskPlanner(spark).embedding(read), read.onFailure());
    return new ImageCall(arguments.image(), work, field(arguments.function(), "embed"));
  }

  private static Expression hasObject(FunctionArguments arguments, SparkSession spark) {
    String label = arguments.text(0, "a class");
    ModelImageFunction work = detection(arguments, arguments.options(1), spark);
    return new ImageCall(arguments.image(), work, new ImageAnswer.Shows(known(label, work.work())));
  }

  /** The model's spelling of a class. */
  private static String known(String label, FrameTaskSettings work) {
    List<String> labels = work.model().coveredLabels();
    return labels.stream()
        .filter(label::equals)
        .findFirst()
        .or(
            () ->
                labels.stream()
                    .filter(l -> l.toLowerCase(Locale.ROOT).equals(label.toLowerCase(Locale.ROOT)))
                    .findFirst())
        .orElseThrow(
            () ->
                new RefusalException(
                    NearestNames.unknown("class", label, labels)
                        + "; it must be a class of model '%s'".formatted(work.model().name())));
  }

  private static Expression imageInfo(FunctionArguments arguments, SparkSession spark) {
    Optional<String> folder = new FunctionOptions(spark).imageDir(arguments.options(0));
    return new ImageCall(
        arguments.image(),
        new HeaderImageFunction(new FrameTaskPlanner(spark).imageDir(folder)),
        new ImageAnswer.All(arguments.function()));
  }
}
