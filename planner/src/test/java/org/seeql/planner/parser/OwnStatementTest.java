package org.seeql.planner.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.planner.statement.ExplainPlanStatement;
import org.seeql.planner.statement.RunStatement;
import org.seeql.planner.statement.TableName;

class OwnStatementTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "; -- nothing",
        "SELECT 'TO RUN x'",
        "SELECT 1 -- TO RUN x",
        "SELECT /* SHOW MODELS; TO FIND a */ 1 FROM",
        "SELECT `to`.run FROM t `to` WHERE to.run",
        "SELECT INTERVAL '1-1' YEAR TO MONTH FRM t",
        "ALTER TABLE t RENAME COLUMN a TO run EXTRA",
        "CREATE MODELS x",
        "SHOW MODELS_OF t",
        "DROP MODELLING x",
        "EXPLAIN FORMATTED SELEC 1",
        "DESCRIBE MODEL",
      })
  void leavesTextsOfAnotherEngineToIt(String text) {
    assertThat(OwnStatement.find(text, Dialect.DATABASE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t TO RUN x;",
        "/* a */ with a as (select 1) select * from a to run x -- b",
        "(SELECT 1) TO RUN x",
      })
  void findsAClause(String text) {
    assertThat(OwnStatement.find(text, Dialect.DATABASE)).containsInstanceOf(RunStatement.class);
  }

  @Test
  void findsWhatIsExplained() {
    assertThat(OwnStatement.find("EXPLAIN SELECT 1 TO RUN x", Dialect.DATABASE))
        .containsInstanceOf(ExplainPlanStatement.class);
  }

  @Test
  void pointsAtMistakesOfItsOwnOnly() {
    assertThatThrownBy(() -> OwnStatement.find("CREATE MODEL m (uri = 'x')", Dialect.DATABASE))
        .isInstanceOf(SqlSyntaxException.class)
        .hasMessage(
            """
            line 1, column 16: Unexpected (
              CREATE MODEL m (uri = 'x')
                             ^
            expected: OPTIONS""");
  }

  @Test
  void namesTablesOfSparksCatalogs() {
    String text = "SELECT explode(x) FROM t LATERAL VIEW f(a) v TO RUN x INTO spark_catalog.db.t";

    assertThat(OwnStatement.find(text, Dialect.SPARK).map(s -> ((RunStatement) s).into()))
        .contains(List.of(new TableName(Optional.of("spark_catalog"), Optional.of("db"), "t")));
    assertThatThrownBy(() -> OwnStatement.find(text, Dialect.DATABASE))
        .isInstanceOf(SqlSyntaxException.class);
  }

  @Test
  void takesOneStatement() {
    assertThatThrownBy(() -> OwnStatement.find("SHOW MODELS;\nSHOW MODELS", Dialect.DATABASE))
        .isInstanceOf(SqlSyntaxException.class)
        .hasMessage(
            """
            line 2, column 1: Only one statement can be run at a time
              SHOW MODELS
              ^
            expected: the end of the text""");
  }
}
