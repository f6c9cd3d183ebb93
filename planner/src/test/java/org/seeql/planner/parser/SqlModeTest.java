package org.seeql.planner.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.planner.predicate.Predicate;
import org.seeql.planner.statement.AttributeValue.StringValue;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.FindStatement;
import org.seeql.planner.statement.ModelName;
import org.seeql.planner.statement.PredictStatement;
import org.seeql.planner.statement.Program;
import org.seeql.planner.statement.RunStatement;
import org.seeql.planner.statement.SqlMode;
import org.seeql.planner.statement.SqlStatement;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TableName;

class SqlModeTest {
  private static final SqlMode ANSI = SqlMode.parse("ANSI_QUOTES");
  private static final SqlMode RAW = SqlMode.parse("NO_BACKSLASH_ESCAPES");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|''",
        "STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION|''",
        "REAL_AS_FLOAT,PIPES_AS_CONCAT,ANSI_QUOTES,IGNORE_SPACE,ANSI|ANSI_QUOTES",
        "ansi|ANSI_QUOTES",
        "no_backslash_escapes, Ansi_Quotes|ANSI_QUOTES,NO_BACKSLASH_ESCAPES",
        "ORACLE|ANSI_QUOTES",
        "ANSI_QUOTES_NOT|''"
      })
  void readsTheServersList(String modes, String flags) {
    assertThat(SqlMode.parse(modes)).hasToString(flags);
  }

  @Test
  void readsDoubleQuotesAsNamesUnderAnsiQuotes() {
    Program program =
        ProgramParser.parse(
            "SELECT \"i;d\" FROM \"my \"\"t\" TO RUN x CMD 'a', \"b\" INTO \"to run\", d.\"x y\";"
                + "SELECT 'TO RUN' \"TO RUN x\"",
            ANSI);

    RunStatement run = (RunStatement) program.statements().get(0);
    assertThat(run.select()).isEqualTo("SELECT \"i;d\" FROM \"my \"\"t\"");
    assertThat(run.command()).containsExactly("a", "b");
    assertThat(run.into()).containsExactly(TableName.of("to run"), TableName.of("d", "x y"));
    assertThat(program.statements().get(1)).isInstanceOf(SqlStatement.class);
    assertThat(program.modes()).containsExactly(ANSI, ANSI);
  }

  @Test
  void readsNamesInDoubleQuotesInEveryClause() {
    List<Statement> statements =
        ProgramParser.parse(
                "SELECT 1 TO PREDICT \"my t\".\"c d\" WITH image_dir=\"/a\\b\" USING \"my m\";"
                    + "SELECT 1 TO FIND \"traffic light\" AND dog INTO \"my t\";"
                    + "SELECT 1 TO EVALUATE \"my m\" LABEL \"l\" INTO \"my t\"",
                ANSI)
            .statements();

    PredictStatement predict = (PredictStatement) statements.get(0);
    assertThat(predict.table()).isEqualTo(TableName.of("my t"));
    assertThat(predict.column()).contains("c d");
    assertThat(predict.model()).isEqualTo(new ModelName("my m", "`my m`"));
    assertThat(predict.with().values()).isEqualTo(Map.of("image_dir", new StringValue("/a\\b")));
    FindStatement find = (FindStatement) statements.get(1);
    assertThat(find.predicate())
        .isEqualTo(
            new Predicate.And(
                List.of(new Predicate.Presence("traffic light"), new Predicate.Presence("dog"))));
    assertThat(((EvaluateStatement) statements.get(2)).label()).contains("l");
  }

  @Test
  void takesABackslashForACharacterUnderNoBackslashEscapes() {
    Program program =
        ProgramParser.parse("SELECT 'a\\' TO RUN i CMD 'C:\\new\\', \"it\"\"s\\\"; SELECT 2", RAW);

    RunStatement run = (RunStatement) program.statements().get(0);
    assertThat(run.select()).isEqualTo("SELECT 'a\\'");
    assertThat(run.command()).containsExactly("C:\\new\\", "it\"s\\");
    assertThat(program.statements()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET sql_mode = 'ANSI_QUOTES'",
        "set session SQL_MODE='STRICT_ALL_TABLES,ansi'",
        "SET LOCAL sql_mode := \"ANSI\"",
        "SET @@sql_mode = ANSI_QUOTES",
        "SET @@SESSION.sql_mode = 'ANSI_QUOTES'",
        "SET @@local . sql_mode = 4",
        "SET @a = 1, sql_mode = ('ANSI_QUOTES')",
        "SET autocommit = 0, SESSION sql_mode = 'ANSI_QUOTES', @b = 'x'",
        "SET sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES')",
        "SET sql_mode = (SELECT CONCAT(@@session.sql_mode, ',', 'ANSI_QUOTES'))",
        "SET sql_mode = sys.list_add(@@sql_mode, 'ANSI_QUOTES')",
        "SET @m = 'ANSI_QUOTES'; SET sql_mode = @M",
        "SET GLOBAL sql_mode = 'ANSI_QUOTES'; SET sql_mode = DEFAULT"
      })
  void followsTheModeThatTheProgramSets(String set) {
    Program program = ProgramParser.parse(set + "; SELECT 1 FROM \"t;u\" TO RUN i INTO \"x y\"");

    RunStatement run = (RunStatement) program.statements().get(program.statements().size() - 1);
    assertThat(run.into()).containsExactly(TableName.of("x y"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET GLOBAL sql_mode = 'ANSI_QUOTES'",
        "SET @@global.sql_mode = 'ANSI_QUOTES'",
        "SET PERSIST sql_mode = 'ANSI_QUOTES'",
        "SET GLOBAL a = 1, sql_mode = 'ANSI_QUOTES'",
        "SET @sql_mode = 'ANSI_QUOTES'",
        "SET STATEMENT sql_mode = 'ANSI_QUOTES' FOR SELECT 1",
        "SET sql_mode = 'ANSI_QUOTES'; SET sql_mode = ''",
        "SET sql_mode = 'ANSI_QUOTES'; SET sql_mode = DEFAULT",
        "SET sql_mode = 'ANSI_QUOTES'; SET sql_mode = 0",
        "SET @old = @@sql_mode, sql_mode = 'ANSI_QUOTES'; SET sql_mode = @old",
        "SET sql_mode = 'ANSI_QUOTES'; SET sql_mode = REPLACE(@@sql_mode, 'ANSI_QUOTES', '')",
        "SET sql_mode = (SELECT REPLACE(@@sql_mode, 'ONLY_FULL_GROUP_BY', ''))",
        "SET sql_mode = 'ANSI_QUOTES'; SET @@sql_mode = @@global.sql_mode",
        "SELECT 'SET sql_mode = ANSI'",
        "-- SET sql_mode = 'ANSI_QUOTES'\nSELECT 1"
      })
  void keepsToStringsWhereTheSessionsModeIsWithoutAnsiQuotes(String set) {
    Program program = ProgramParser.parse(set + "; SELECT 1 TO RUN i CMD \"a\\\"b;\"");

    RunStatement run = (RunStatement) program.statements().get(program.statements().size() - 1);
    assertThat(run.command()).containsExactly("a\"b;");
  }

  @Test
  void goesBackToTheModeOfTheBeginning() {
    Program program =
        ProgramParser.parse("SET sql_mode = ''; SET sql_mode = DEFAULT; SELECT \"a\\\"", ANSI);

    assertThat(program.modes()).containsExactly(ANSI, SqlMode.DEFAULT, ANSI);
  }

  @Test
  void refusesAModeThatNobodyKnowsWhereItMatters() {
    assertThatThrownBy(
            () -> ProgramParser.parse("SET sql_mode = (SELECT m FROM t);\nSELECT \"a\" FROM t"))
        .isInstanceOf(SqlSyntaxException.class)
        .hasMessage(
            """
            line 1, column 16: This value of sql_mode is known only after execution, but it determines how the next statements are parsed
              SET sql_mode = (SELECT m FROM t);
                             ^
            expected: a string""");
    assertThat(
            ProgramParser.parse("SET sql_mode = (SELECT m FROM t); SELECT 'a' FROM t").statements())
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT 1 TO RUN i INTO \"t|24|The quoted name that starts here is not terminated|''",
        "SELECT 1 TO PREDICT t USING \"\"|29|A name is empty|a model",
        "SELECT 1 TO RUN \"i\"|17|Unexpected \"i\"|an image",
        "SELECT * FROM \"a\" \"b\" \"c\" TO RUN i|23|Unexpected \"c\" in the SELECT|''"
      })
  void saysWhatIsWrongUnderAnsiQuotes(String text, int column, String problem, String expected) {
    assertThatThrownBy(() -> ProgramParser.parse(text, ANSI))
        .isInstanceOfSatisfying(
            SqlSyntaxException.class,
            e -> {
              assertThat(e.position().column()).isEqualTo(column);
              assertThat(e.problem()).isEqualTo(problem);
              assertThat(String.join(", ", e.expected())).isEqualTo(expected);
            });
  }

  @Test
  void findsTablesInTheModeOfTheStatement() {
    String sql = "SELECT 'a\\' AS \"x\" FROM \"my t\" JOIN d.\"u\" WHERE a = 'FROM \"z\"'";

    assertThat(SelectAnatomy.of(sql, ANSI.with(RAW)).orElseThrow().tables())
        .containsExactly(TableName.of("my t"), TableName.of("d", "u"));
    assertThat(TableAccess.of("INSERT INTO \"a\" SELECT * FROM \"b\"", ANSI).orElseThrow().reads())
        .containsExactly(TableName.of("b"));
    assertThat(TableAccess.of("DROP TABLE \"a\", b", ANSI).orElseThrow().writes())
        .containsExactly(TableName.of("a"), TableName.of("b"));
  }
}
