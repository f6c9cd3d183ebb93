package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seeql.planner.parser.SqlSyntaxException;
import org.seeql.planner.statement.RunStatement;
import org.seeql.planner.statement.SourcePosition;
import org.seeql.planner.statement.SqlMode;
import org.seeql.planner.statement.SqlStatement;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TableName;

class ProgramReaderTest {
  private static final SqlMode ANSI = SqlMode.parse("ANSI_QUOTES");
  private static final String PROGRAM =
      "SELECT \"id\" FROM t TO RUN i CMD 'detect' INTO \"my result\"";

  @Test
  void backslashGEndsAStatementAndIsNotSent() {
    ProgramReader reader =
        new ProgramReader(
            "SELECT 1\\G SELECT '\\\\G;' AS a;\nSHOW MODELS\\G", () -> SqlMode.DEFAULT);

    assertThat(reader.statements()).hasSize(3);
    assertThat(reader.statements().get(0))
        .isEqualTo(new SqlStatement(new SourcePosition(1, 1), "SELECT 1"));
    assertThat(reader.vertical())
        .containsExactlyInAnyOrder(new SourcePosition(1, 1), new SourcePosition(2, 1));
  }

  @Test
  void parsesInTheModeOfTheDatabase() {
    List<Statement> statements = new ProgramReader(PROGRAM, () -> ANSI).statements();

    assertThat(((RunStatement) statements.get(0)).into())
        .containsExactly(TableName.of("my result"));
    assertThatThrownBy(() -> new ProgramReader(PROGRAM, () -> SqlMode.DEFAULT).statements())
        .isInstanceOf(SqlSyntaxException.class);
  }

  @Test
  void queriesNoDatabaseIfNothingDependsOnIt() {
    ProgramReader reader = new ProgramReader("SELECT `a` TO RUN i INTO t", ProgramReaderTest::none);

    assertThat(reader.statements()).hasSize(1);
  }

  @Test
  void reportsErrorsOfEveryModeWithoutADatabase() {
    ProgramReader reader = new ProgramReader("SELECT \"a\" TO RUM i", ProgramReaderTest::none);

    assertThatThrownBy(reader::statements)
        .isInstanceOf(SqlSyntaxException.class)
        .hasMessageStartingWith("line 1, column 15: Unknown clause TO RUM");
  }

  @Test
  void refusesAStepOfAProgramThatWasNumberedInAnotherMode() {
    assertThatThrownBy(() -> new ProgramReader(PROGRAM, () -> ANSI).statement(1))
        .isInstanceOf(CommandRefusal.class)
        .hasMessage(
            "Cannot use --statement: sessions of this database start with sql_mode "
                + "ANSI_QUOTES, which changes how the program is parsed, and statements are "
                + "numbered without a database; start the program with SET SESSION sql_mode = "
                + "'ANSI_QUOTES'");
  }

  @Test
  void acceptsAStepOfAProgramThatSetsItsMode() {
    String program = "SET SESSION sql_mode = 'ANSI_QUOTES';" + PROGRAM;

    assertThat(new ProgramReader(program, () -> ANSI).statement(2)).hasSize(2);
    assertThat(new ProgramReader(program, () -> SqlMode.DEFAULT).statement(2)).hasSize(2);
  }

  private static SqlMode none() {
    throw new AssertionError("the database is asked");
  }
}
