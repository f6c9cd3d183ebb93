package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.statement.SqlStatement;
import org.seeql.planner.statement.Statement;

class OneStatementTest {
  private static final List<Statement> PROGRAM =
      ProgramParser.parse("SELECT 1; USE a; SELECT 2; use b; SELECT useful FROM t; USE c")
          .statements();

  private static List<String> texts(int number) {
    return OneStatement.of(PROGRAM, number).stream().map(s -> ((SqlStatement) s).sql()).toList();
  }

  @Test
  void keepsEarlierUseStatements() {
    assertThat(texts(1)).containsExactly("SELECT 1");
    assertThat(texts(3)).containsExactly("USE a", "SELECT 2");
    assertThat(texts(5)).containsExactly("USE a", "use b", "SELECT useful FROM t");
  }

  @Test
  void keepsEarlierSetsOfSqlMode() {
    List<Statement> program =
        ProgramParser.parse(
                "SET SESSION sql_mode = 'ANSI_QUOTES'; SET @a = 1; SELECT \"a\"; SELECT 2")
            .statements();

    assertThat(OneStatement.of(program, 4).stream().map(s -> ((SqlStatement) s).sql()))
        .containsExactly("SET SESSION sql_mode = 'ANSI_QUOTES'", "SELECT 2");
  }

  @Test
  void refusesANumberBeyondTheProgram() {
    assertThatThrownBy(() -> OneStatement.of(PROGRAM, 7))
        .isInstanceOf(CommandRefusal.class)
        .hasMessage("Invalid --statement: 7 (the program has 6)");
    assertThatThrownBy(() -> OneStatement.of(PROGRAM, 0))
        .hasMessage("Invalid --statement: 0 (the program has 6)");
  }
}
