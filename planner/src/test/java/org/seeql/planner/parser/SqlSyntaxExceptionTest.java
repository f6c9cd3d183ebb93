package org.seeql.planner.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlSyntaxExceptionTest {
  @Test
  void showsTheLineWithACaretAndWhatWasExpected() {
    assertThatThrownBy(
            () -> ProgramParser.parse("SELECT 1;\r\nSELECT *\tFROM t TO PREDICT t\r\n\tFROM m;"))
        .isInstanceOf(SqlSyntaxException.class)
        .hasMessage(
            """
            line 3, column 2: Unexpected FROM
              \tFROM m;
              \t^
            expected: WITH, USING""");
  }

  @Test
  void namesTheClausesWhenOneIsUnknown() {
    assertThatThrownBy(() -> ProgramParser.parse("SELECT * FROM t TO MAXIMIZE x"))
        .isInstanceOf(SqlSyntaxException.class)
        .hasMessage(
            """
            line 1, column 20: Unknown clause TO MAXIMIZE
              SELECT * FROM t TO MAXIMIZE x
                                 ^
            expected: RUN, PREDICT, FIND, TRAIN, EVALUATE, EXPLAIN""");
  }

  @Test
  void cutsALongLineAroundTheMistake() {
    String text = "SELECT '" + "a".repeat(500) + "' TO RUN " + "'x' " + "b".repeat(500);

    SqlSyntaxException refusal = refusal(text);

    assertThat(refusal.sourceLine()).isEqualTo(text);
    assertThat(refusal.getMessage().lines().skip(1).limit(2))
        .satisfiesExactly(
            shown -> assertThat(shown).hasSize(162),
            caret -> assertThat(caret).isEqualTo(" ".repeat(82) + "^"));
  }

  @Test
  void putsTheCaretUnderACharacterBehindAnEmoji() {
    assertThat(refusal("SELECT '😀' TO RUN 'x'").getMessage())
        .isEqualTo(
            """
            line 1, column 19: Unexpected 'x'
              SELECT '😀' TO RUN 'x'
                                 ^
            expected: an image""");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // a word or mark that is invalid at its position
        "SELECT 1 TO RUN 'i'|17|Unexpected 'i'|an image",
        "SELECT 1 TO RUN INTO t|17|Unexpected INTO|an image",
        "SELECT 1 TO RUN i CMD a|23|Unexpected a|a string",
        "SELECT 1 TO RUN i CMD 'a' 'b'|27|Unexpected 'b'|',', INTO, the end of the statement",
        "SELECT 1 TO RUN i INTO 't'|24|Unexpected 't'|a table",
        "SELECT 1 TO RUN i INTO a.b.c|27|Unexpected .|',', the end of the statement",
        "SELECT 1 TO PREDICT a.b.c.d USING m|26|Unexpected .|WITH, USING",
        "SELECT 1 TO PREDICT t WITH a=1 b|32|Unexpected b|',', USING",
        "SELECT 1 TO PREDICT t WITH a=? USING m|30|Unexpected ?|a value",
        "SELECT 1 TO PREDICT t WITH a USING m|30|Unexpected USING|'='",
        "SELECT 1 TO PREDICT t USING 'm'|29|Unexpected 'm'|a model",
        "SELECT 1 TO PREDICT t USING ``|29|A name is empty|a model",
        "SELECT 1 TO FIND dining table|25|Unexpected table|AND, OR, WITH, INTO, the end of the"
            + " statement",
        "SELECT 1 TO FIND a AND INTO t|24|Unexpected INTO|a class, NOT, '('",
        "SELECT 1 TO FIND (a OR b INTO t|26|Unexpected INTO|AND, OR, ')'",
        "SELECT 1 TO FIND a) INTO t|19|Unexpected )|AND, OR, WITH, INTO, the end of the statement",
        "SELECT 1 TO TRAIN e COLUMN a COLUMN b INTO m|39|Unexpected INTO|',', FOR",
        "SELECT 1 TO TRAIN e COLUMN f(a INTO m|32|Unexpected INTO|',', ')'",
        "SELECT 1 TO TRAIN e LABEL a|28|The statement ends too early|USING, INTO",
        "SELECT 1 TO EVALUATE m|23|The statement ends too early|WITH, LABEL, INTO",
        "SELECT 1 TO EXPLAIN m USING e t|31|Unexpected t|INTO, the end of the statement",
        "CREATE MODEL m|15|The statement ends too early|OPTIONS",
        "CREATE MODEL m OPTIONS ()|25|Unexpected )|an attribute",
        "CREATE MODEL m OPTIONS (a=1,)|29|Unexpected )|an attribute",
        "CREATE MODEL m OPTIONS (a=[1)|29|Unexpected )|',', ']'",
        "DROP MODEL IF EXISTS;|21|The statement ends too early|a model",
        "SHOW MODELS LIKE 'x'|13|Unexpected LIKE|the end of the statement",
        // a keyword in place of a name
        "SELECT 1 TO RUN INTO|17|Unexpected INTO|an image",
        "SELECT 1 TO RUN CMD 'a'|17|Unexpected CMD|an image",
        "SELECT 1 TO RUN i CMD INTO t|23|Unexpected INTO|a string",
        "SELECT 1 TO RUN i CMD 'a', INTO t|28|Unexpected INTO|a string",
        "SELECT 1 TO RUN i INTO INTO|24|Unexpected INTO|a table",
        "SELECT 1 TO RUN i INTO INTO t|24|Unexpected INTO|a table",
        "SELECT 1 TO RUN i INTO t, INTO u|27|Unexpected INTO|a table",
        "SELECT 1 TO RUN i INTO d.INTO t|26|Unexpected INTO|a table",
        "SELECT 1 TO PREDICT USING m|21|Unexpected USING|a table",
        "SELECT 1 TO PREDICT WITH a=1 USING m|21|Unexpected WITH|a table",
        "SELECT 1 TO PREDICT t. USING m|24|Unexpected USING|a table",
        "SELECT 1 TO PREDICT t WITH USING m|28|Unexpected USING|an attribute",
        "SELECT 1 TO PREDICT t WITH a=1, USING m|33|Unexpected USING|an attribute",
        "SELECT 1 TO PREDICT t WITH a= USING m|31|Unexpected USING|a value",
        "SELECT 1 TO PREDICT t WITH a=[1, USING m|34|Unexpected USING|a value",
        "SELECT 1 TO PREDICT t USING USING|29|Unexpected USING|a model",
        "SELECT 1 TO PREDICT t USING INTO t|29|Unexpected INTO|a model",
        "SELECT 1 TO FIND WITH a=1 INTO t|18|Unexpected WITH|a class, NOT, '('",
        "SELECT 1 TO FIND INTO t|18|Unexpected INTO|a class, NOT, '('",
        "SELECT 1 TO FIND a WITH INTO t|25|Unexpected INTO|an attribute",
        "SELECT 1 TO FIND a INTO INTO t|25|Unexpected INTO|a table",
        "SELECT 1 TO TRAIN LABEL a INTO m|19|Unexpected LABEL|an estimator",
        "SELECT 1 TO TRAIN INTO m|19|Unexpected INTO|an estimator",
        "SELECT 1 TO TRAIN WITH a=1 INTO m|19|Unexpected WITH|an estimator",
        "SELECT 1 TO TRAIN COLUMN a INTO m|19|Unexpected COLUMN|an estimator",
        "SELECT 1 TO TRAIN e WITH LABEL a INTO m|26|Unexpected LABEL|an attribute",
        "SELECT 1 TO TRAIN e WITH a= LABEL b INTO m|29|Unexpected LABEL|a value",
        "SELECT 1 TO TRAIN e COLUMN LABEL a INTO m|28|Unexpected LABEL|a column",
        "SELECT 1 TO TRAIN e COLUMN INTO m|28|Unexpected INTO|a column",
        "SELECT 1 TO TRAIN e COLUMN a, LABEL b INTO m|31|Unexpected LABEL|a column",
        "SELECT 1 TO TRAIN e COLUMN a FOR LABEL b INTO m|34|Unexpected LABEL|a name for the columns",
        "SELECT 1 TO TRAIN e LABEL INTO m|27|Unexpected INTO|a column",
        "SELECT 1 TO TRAIN e LABEL USING n INTO m|27|Unexpected USING|a column",
        "SELECT 1 TO TRAIN e LABEL a USING INTO m|35|Unexpected INTO|a model",
        "SELECT 1 TO TRAIN e LABEL a INTO INTO|34|Unexpected INTO|a model",
        "SELECT 1 TO EVALUATE INTO t|22|Unexpected INTO|a model",
        "SELECT 1 TO EVALUATE LABEL c INTO t|22|Unexpected LABEL|a model",
        "SELECT 1 TO EVALUATE m LABEL INTO t|30|Unexpected INTO|a column",
        "SELECT 1 TO EVALUATE m WITH LABEL c INTO t|29|Unexpected LABEL|an attribute",
        "SELECT 1 TO EVALUATE m INTO INTO t|29|Unexpected INTO|a table",
        "SELECT 1 TO EXPLAIN USING e INTO t|21|Unexpected USING|a model",
        "SELECT 1 TO EXPLAIN m USING INTO r|29|Unexpected INTO|an explainer",
        "SELECT 1 TO EXPLAIN m INTO INTO|28|Unexpected INTO|a table",
        "EXPLAIN SELECT 1 TO PREDICT USING m|29|Unexpected USING|a table",
        "CREATE MODEL OPTIONS (a=1)|14|Unexpected OPTIONS|a model",
        "CREATE MODEL m OPTIONS (INTO)|25|Unexpected INTO|an attribute",
        // the statement ends too early
        "SHOW TRAIN /* x */ ;|20|The statement ends too early|a model",
        "SHOW TRAIN /* x */|11|The statement ends too early|a model",
        "SELECT 1 TO ;|13|The statement ends too early|RUN, PREDICT, FIND, TRAIN, EVALUATE, EXPLAIN",
        // never ends
        "SELECT 'a|8|The string that starts here is not terminated|~~",
        "SELECT \"a\\\"|8|The string that starts here is not terminated|~~",
        "SELECT `a|8|The quoted name that starts here is not terminated|~~",
        "SELECT 1 /*/|10|The comment that starts here is not terminated|~~",
        "SELECT 1 TO RUN i CMD 'a|23|The string that starts here is not terminated|~~",
        // a clause without its SELECT
        "TO RUN i|1|A clause needs a SELECT before it|~~",
        "INSERT INTO t SELECT 1 TO RUN i|24|A clause needs a SELECT before it|~~",
        "describe t to predict a using b|12|A clause needs a SELECT before it|~~",
        "WITH a AS (SELECT 1) DELETE FROM a TO RUN i|36|A clause needs a SELECT before it|~~",
        "SELECT (SELECT 1 TO RUN i)|18|A clause cannot be inside parentheses; close each parenthesis before it|')'",
        "INSERT INTO t (SELECT 1 TO RUN i)|25|A clause cannot be inside parentheses; close each parenthesis before it|')'",
        // given twice
        "SELECT 1 TO PREDICT t WITH a=1, a=2 USING m|33|Attribute a is given twice|~~",
        "SELECT 1 TO TRAIN e COLUMN a COLUMN b FOR feature_columns INTO m|43|Columns"
            + " feature_columns are given twice|~~",
        // in the SELECT
        "SELECT * FROM WHERE a TO RUN i|15|Unexpected WHERE in the SELECT|~~",
        "SELECT * FORM images TO RUN i|15|Unexpected images in the SELECT|~~",
        "SELECT a,, b FROM t TO RUN i|10|Unexpected , in the SELECT|~~",
        "SELECT * FROM d.'t' TO RUN i|17|Unexpected 't' in the SELECT|~~",
        "SELECT * FROM t WHERE a = TO RUN i|27|Unexpected TO in the SELECT|~~",
        "SELECT a AS FROM t TO RUN i|13|Unexpected FROM in the SELECT|~~",
        "SELECT ..5 TO RUN i|9|Unexpected .5 in the SELECT|~~",
        "SELECT a,, b FROM t TO MAXIMIZE i|10|Unexpected , in the SELECT|~~",
        "SELECT a AS to FROM t|16|Unknown clause TO FROM|RUN, PREDICT, FIND, TRAIN, EVALUATE,"
            + " EXPLAIN",
        "SELECT TO RUN i|8|Unexpected TO in the SELECT|~~",
        "SELECT a) FROM t TO RUN i|9|Unexpected ) in the SELECT|~~"
      })
  void saysWhatIsWrongAndWhere(String text, int column, String problem, String expected) {
    SqlSyntaxException refusal = refusal(text);

    assertThat(refusal.position().line()).isEqualTo(1);
    assertThat(refusal.position().column()).isEqualTo(column);
    assertThat(refusal.problem()).isEqualTo(problem);
    assertThat(String.join(", ", refusal.expected())).isEqualTo(expected);
    assertThat(refusal.sourceLine()).isEqualTo(text);
  }

  @Test
  void tellsTheFirstMistakeInTheOrderOfTheText() {
    SqlSyntaxException refusal = refusal("SELECT 1;\nSELECT 1 TO RUN;\nSELECT 'never");

    assertThat(refusal.position().toString()).isEqualTo("line 2, column 16");
  }

  private static SqlSyntaxException refusal(String text) {
    return catchThrowableOfType(SqlSyntaxException.class, () -> ProgramParser.parse(text));
  }
}
