package org.seeql.spark.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.CreateMap;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.apache.spark.sql.catalyst.expressions.Rand;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.seeql.database.RefusalException;
import org.seeql.planner.option.OptionSet;
import org.seeql.spark.session.ScalaSequences;

class FunctionArgumentsTest {
  private static final Expression PATH = text("a.jpg");

  private static Literal text(String value) {
    return new Literal(UTF8String.fromString(value), DataTypes.StringType);
  }

  private static OptionSet options(Expression... arguments) {
    return FunctionArguments.of("see", "see(path)", List.of(arguments)).options(0);
  }

  private static OptionSet given(String... namesAndValues) {
    OptionSet options = OptionSet.NONE;
    for (int i = 0; i < namesAndValues.length; i += 2) {
      options = options.with(namesAndValues[i], namesAndValues[i + 1], "see(…)");
    }
    return options;
  }

  @Test
  void readsOptionsInEveryForm() {
    OptionSet expected = given("model", "yolo", "confidence", "0.4");

    assertThat(options(PATH)).isEqualTo(OptionSet.NONE);
    assertThat(options(PATH, text(" yolo "))).isEqualTo(given("model", "yolo"));
    assertThat(options(PATH, text("model=yolo, confidence = 0.4"))).isEqualTo(expected);
    assertThat(
            options(
                PATH,
                new CreateMap(
                    ScalaSequences.of(
                        List.of(text("model"), text("yolo"), text("confidence"), text("0.4"))))))
        .isEqualTo(expected);
    assertThat(
            options(
                PATH,
                text("yolo"),
                new NamedArgumentExpression("CONFIDENCE", new Literal(0.4, DataTypes.DoubleType))))
        .isEqualTo(expected);
  }

  @Test
  void letsWhatIsNamedComeBeforeWhatIsNot() {
    assertThat(options(PATH, text("yolo"), new NamedArgumentExpression("model", text("other"))))
        .isEqualTo(given("model", "other"));
  }

  @Test
  void keepsWhatFollowsTheFirstEqualsSign() {
    assertThat(options(PATH, text("image_dir=s3a://a/b=c")))
        .isEqualTo(given("image_dir", "s3a://a/b=c"));
  }

  @Test
  void refusesWhatItCannotRead() {
    assertRefused("Cannot call see without an image: see(path)");
    assertRefused(
        "see takes a path (string) or the bytes of a file (binary), not int: see(path)",
        new Literal(1, DataTypes.IntegerType));
    assertRefused(
        "Cannot read the options 'a=b,' of see: '' is not of the form name=value",
        PATH,
        text("a=b,"));
    assertRefused("Too many arguments for see: see(path)", PATH, text("a"), text("b"));
    assertRefused(
        "see takes a constant for options, not NULL: see(path)",
        PATH,
        new Literal(null, DataTypes.StringType));
    assertRefused(
        "see takes a constant for the option model, not rand(1): see(path)",
        PATH,
        new NamedArgumentExpression("model", new Rand(new Literal(1, DataTypes.IntegerType))));
  }

  private static void assertRefused(String message, Expression... arguments) {
    assertThatThrownBy(() -> options(arguments))
        .isInstanceOf(RefusalException.class)
        .hasMessage(message);
  }
}
