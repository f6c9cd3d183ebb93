package org.seeql.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.statement.Statement;

class StatementTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 TO RUN a/b:c",
        "SELECT 'a' FROM t TO RUN a/b:c CMD \"x y\", '--k=\"v\\\\w', '' INTO t, d.`odd ``name`",
        "SELECT * FROM t TO PREDICT d.`t`.c WITH a.b = 'x', n = -0.5, l = [1, 'two'], f = TRUE"
            + " USING `my model`",
        "SELECT * FROM t TO FIND (person AND NOT car) WITH min_f1 = 0.5 INTO d.`t 2`",
        "SELECT * FROM t TO RUN detect WITH model = 'm', max_failed_images = 5% INTO d.t",
        "SELECT * FROM t TO FIND bus",
        "SELECT * FROM t TO EVALUATE `my model` WITH iou = 0.5 LABEL `a b` INTO t",
        "SELECT * FROM t TO EVALUATE m LABEL 'a b' INTO t",
        "SELECT * FROM t TO EVALUATE m LABEL t.label INTO t",
        "SELECT * FROM t TO EXPLAIN m",
        "SELECT * FROM t TO EXPLAIN `my model` WITH label = 'a \"b\"', masks = 10, faithfulness ="
            + " TRUE USING drise INTO d.`t 2`",
        "SELECT * FROM t TO TRAIN tagger WITH backbone = 'b c', classes = ['x', 'y'] LABEL `a b`"
            + " INTO `my model`",
      })
  void meansWhatWasWritten(String program) {
    Statement written = ProgramParser.parse(program).statements().get(0);

    String text = StatementText.of(written.findSelecting().orElseThrow());

    assertThat(ProgramParser.parse(text).statements()).containsExactly(written);
  }
}
