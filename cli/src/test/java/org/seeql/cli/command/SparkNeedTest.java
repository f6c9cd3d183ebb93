package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.statement.Statement;

class SparkNeedTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT 1|false",
        "SHOW MODELS|false",
        "SELECT * FROM a TO RUN i CMD 'detect', '--model=m' INTO t|true",
        "SELECT * FROM a TO RUN i CMD 'detect', '--model=m', '--mode=append', '--only_new' INTO t|false",
        "SELECT * FROM a TO RUN i CMD 'detect', '--model=m', '--mode=append', '--only-new=false' INTO t|true",
        "SELECT * FROM a TO RUN i CMD 'detect', '--model=m', '--no_such=1' INTO t|false",
        "SELECT * FROM a TO PREDICT t USING m|true",
        "SELECT * FROM a TO PREDICT t WITH mode = append, only_new = true USING m|false",
        "SELECT * FROM a TO PREDICT t WITH mode = append, only_new = true, classes = 'c' USING AUTO|false",
        "SELECT * FROM a TO FIND c INTO t|true",
        "SELECT * FROM a TO FIND c WITH mode = append, only_new = true INTO t|false",
        "SELECT * FROM a TO EVALUATE m INTO t|true",
        "SELECT * FROM a TO EXPLAIN m INTO t|true",
        "SELECT * FROM a TO EXPLAIN m USING nothing INTO t|false",
        "EXPLAIN SELECT * FROM a TO FIND c INTO t|false",
        "EXPLAIN ANALYZE SELECT * FROM a TO FIND c INTO t|true",
      })
  void isCertainIfAllImagesAreInferred(String program, boolean needed) {
    assertThat(SparkNeed.of(statement(program), OptionSet.NONE)).isEqualTo(needed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM a TO RUN i CMD 'detect', '--model=m' INTO t|false",
        "SELECT * FROM a TO FIND c INTO t|false",
        "SELECT * FROM a TO PREDICT t WITH only_new = false USING m|true",
      })
  void considersTheCommandLine(String program, boolean needed) {
    OptionSet commandLine =
        OptionSet.of(Map.of("mode", "append", "only_new", "true"), "the command line");

    assertThat(SparkNeed.of(statement(program), commandLine)).isEqualTo(needed);
  }

  private static Statement statement(String program) {
    return ProgramParser.parse(program).statements().get(0);
  }
}
