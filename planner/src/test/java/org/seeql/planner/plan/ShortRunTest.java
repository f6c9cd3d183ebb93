package org.seeql.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.parser.SqlSyntaxException;
import org.seeql.planner.statement.RunStatement;

/** TO RUN without an image and CMD. */
class ShortRunTest {

  private static InferencePlan plan(String clause) {
    return StatementPlans.of(
            ProgramParser.parse("SELECT * FROM i TO RUN " + clause).statements().get(0),
            ProgramCatalog.standard(),
            OptionSet.NONE)
        .orElseThrow()
        .run();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "detect WITH model = 'm', confidence = 0.4 INTO d.t | x CMD 'detect', '--model=m',"
            + " '--confidence=0.4' INTO d.t",
        "tag WITH model = m, max_failed_images = 5% | x CMD 'tag', '--model', 'm',"
            + " '--max-failed-images=5%'",
        "run_yolov5.py WITH model = m, class_coverage = [0, 2] INTO t | x CMD 'run_yolov5.py',"
            + " '--model=m', '--class_coverage=0,2' INTO t"
      })
  void meansTheSameAsAnImageWithCmd(String shortForm, String longForm) {
    InferencePlan plan = plan(shortForm);
    InferencePlan expected = plan(longForm);

    assertThat(plan.model()).isEqualTo(expected.model());
    assertThat(plan.task()).isEqualTo(expected.task());
    assertThat(plan.target()).isEqualTo(expected.target());
    assertThat(plan.options().toMap()).isEqualTo(expected.options().toMap());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "detect WITH confidence = 0.4 INTO t | Program 'detect' needs a model: add model = 'NAME' to"
            + " WITH; SHOW MODELS lists the names",
        "detct WITH model = m INTO t | Unknown program 'detct'; known: detect, tag, embed, classify,"
            + " run_yolov5.py, tf_object_detection.py, yolov3_detect_variant.py,"
            + " run_yolov5_variation.py",
        "detect WITH model = m, confidence = 2 | Invalid value for confidence: '2' (a number from 0 to"
            + " 1); it comes from WITH"
      })
  void refusesInItsOwnWords(String clause, String problem) {
    assertThatThrownBy(() -> plan(clause))
        .isInstanceOf(PlanningException.class)
        .hasMessage("Cannot run the statement at line 1, column 1: " + problem);
  }

  @Test
  void isNoImage() {
    RunStatement statement =
        (RunStatement) ProgramParser.parse("SELECT 1 TO RUN a/b:c WITH x = 1").statements().get(0);

    assertThat(statement.command()).containsExactly("a/b:c");
    assertThatThrownBy(() -> ProgramParser.parse("SELECT 1 TO RUN i CMD 'detect' WITH x = 1"))
        .isInstanceOf(SqlSyntaxException.class)
        .hasMessageContaining("expected: ',', INTO");
  }
}
