package org.seeql.planner.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.planner.predicate.Predicate;
import org.seeql.planner.statement.AttributeValue;
import org.seeql.planner.statement.AttributeValue.BooleanValue;
import org.seeql.planner.statement.AttributeValue.ExpressionValue;
import org.seeql.planner.statement.AttributeValue.ListValue;
import org.seeql.planner.statement.AttributeValue.NumberValue;
import org.seeql.planner.statement.AttributeValue.StringValue;
import org.seeql.planner.statement.CreateModelStatement;
import org.seeql.planner.statement.DropModelStatement;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.ExplainPlanStatement;
import org.seeql.planner.statement.FindStatement;
import org.seeql.planner.statement.ModelName;
import org.seeql.planner.statement.PredictStatement;
import org.seeql.planner.statement.RunStatement;
import org.seeql.planner.statement.SourcePosition;
import org.seeql.planner.statement.SqlStatement;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TableName;

class ProgramParserTest {
  @Test
  void readsARunWithCommentsAnywhere() {
    RunStatement run =
        parseOne(
            RunStatement.class,
            "\n  SELECT * -- all; of them\n  FROM d.t # TO RUN nothing\n"
                + "/* ; */ to /* x */ run host:5000/a/b-c:1.0rc1@sha256:0ab cmd 'a''b', \"c\\td\"\n"
                + "into r1, `my db` . `r;2`;");

    assertThat(run.position()).isEqualTo(new SourcePosition(2, 3));
    assertThat(run.select()).isEqualTo("SELECT * -- all; of them\n  FROM d.t");
    assertThat(run.image()).isEqualTo("host:5000/a/b-c:1.0rc1@sha256:0ab");
    assertThat(run.command()).containsExactly("a'b", "c\td");
    assertThat(run.into()).containsExactly(TableName.of("r1"), TableName.of("my db", "r;2"));
  }

  @ParameterizedTest
  @CsvSource({"t,,t,", "t.c,,t,c", "d.t.c,d,t,c", "`a.b`.`c d`,,a.b,c d"})
  void readsTheTargetOfAPrediction(String text, String database, String table, String column) {
    PredictStatement predict =
        parseOne(PredictStatement.class, "SELECT 1 TO PREDICT " + text + " USING m");

    assertThat(predict.table()).isEqualTo(new TableName(Optional.ofNullable(database), table));
    assertThat(predict.column()).isEqualTo(Optional.ofNullable(column));
  }

  @ParameterizedTest
  @CsvSource({
    "m,m,m",
    "a.b.c,a.b.c,a.b.c",
    "team/zoo:v0.2/Res-Net,team/zoo:v0.2/Res-Net,team/zoo:v0.2/Res-Net",
    "`my model`,my model,`my model`",
    "a . `b.c`,a.b.c,a.`b.c`",
    "größe_1,größe_1,größe_1",
    "3d_net,3d_net,3d_net"
  })
  void readsTheNameOfAModel(String text, String plain, String written) {
    PredictStatement predict =
        parseOne(PredictStatement.class, "SELECT 1 TO PREDICT t USING " + text);

    assertThat(predict.model()).isEqualTo(new ModelName(plain, written));
  }

  @Test
  void readsEveryKindOfAttribute() {
    PredictStatement predict =
        parseOne(
            PredictStatement.class,
            "SELECT 1 TO PREDICT t WITH a=3, b.c = -2, d=1e-3, e=\"x;y\", f='it''s', g=TRUE,"
                + " h=false, i=[1, [a, 'b'], []], j=reg:squarederror, k=a/b.c, l=2 * ( 3 + 4 ),"
                + " m=f(1, \"x\"), with=using, `n o`=1 USING m");

    assertThat(predict.with().values())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("a", number("3")),
                Map.entry("b.c", number("-2")),
                Map.entry("d", number("1e-3")),
                Map.entry("e", new StringValue("x;y")),
                Map.entry("f", new StringValue("it's")),
                Map.entry("g", new BooleanValue(true)),
                Map.entry("h", new BooleanValue(false)),
                Map.entry(
                    "i",
                    new ListValue(
                        List.of(
                            number("1"),
                            new ListValue(List.of(new StringValue("a"), new StringValue("b"))),
                            new ListValue(List.of())))),
                Map.entry("j", new StringValue("reg:squarederror")),
                Map.entry("k", new StringValue("a/b.c")),
                Map.entry("l", new ExpressionValue("2 * (3 + 4)")),
                Map.entry("m", new ExpressionValue("f(1, \"x\")")),
                Map.entry("with", new StringValue("using")),
                Map.entry("`n o`", number("1"))));
  }

  /** A clause's words are keywords only where the grammar expects them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "TO RUN cmd",
        "TO RUN cmd CMD 'a' INTO cmd, label",
        "TO RUN into/image:1 INTO t",
        "TO PREDICT label USING label",
        "TO PREDICT cmd.label USING m",
        "TO PREDICT d.into USING m",
        "TO PREDICT t WITH a=using USING m",
        "TO PREDICT t WITH with=1, using.label=2, label=cmd USING with/model",
        "TO FIND with OR into INTO label",
        "TO TRAIN label LABEL label INTO label",
        "TO TRAIN label WITH a=label LABEL label INTO m",
        "TO TRAIN cmd COLUMN label, cmd * 2, label DIV 2 FOR label LABEL cmd INTO m",
        "TO EVALUATE label LABEL label INTO label",
        "TO EXPLAIN label USING label INTO label",
        "TO PREDICT `using` USING `into`"
      })
  void takesTheWordsOfClausesAsNames(String clause) {
    String text = "SELECT 1 " + clause;

    assertThat(ProgramParser.parse(text).statements()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "person,person",
        "a AND b OR NOT c,(a and b) or (not c)",
        "a OR b AND c,a or (b and c)",
        "NOT a AND b,(not a) and b",
        "NOT (a OR 'traffic light'),not (a or traffic light)",
        "`hot dog` and train,hot dog and train",
        "with OR into,with or into",
        "(a AND b) AND (c AND d),a and b and c and d"
      })
  void readsAPredicate(String text, String meaning) {
    FindStatement find = parseOne(FindStatement.class, "SELECT 1 TO FIND " + text + " INTO t");

    String shown = find.predicate().accept(new Shown());
    assertThat(shown.startsWith("(") ? shown.substring(1, shown.length() - 1) : shown)
        .isEqualTo(meaning);
  }

  @Test
  void readsTheModelRepositorysStatements() {
    List<Statement> statements =
        ProgramParser.parse(
                "create or replace model a.m options (uri='x', size=640);"
                    + "DROP MODEL IF EXISTS m; drop model if; SHOW MODELS; DESCRIBE MODEL m;"
                    + "SHOW TRAIN m; EXPLAIN SELECT 1 TO EVALUATE m LABEL 'c d' INTO t")
            .statements();

    CreateModelStatement create = (CreateModelStatement) statements.get(0);
    assertThat(create.orReplace()).isTrue();
    assertThat(create.model()).isEqualTo(ModelName.of("a.m"));
    assertThat(create.options().values()).containsOnlyKeys("uri", "size");
    assertThat(((DropModelStatement) statements.get(1)).ifExists()).isTrue();
    assertThat(((DropModelStatement) statements.get(2)).model()).isEqualTo(ModelName.of("if"));
    ExplainPlanStatement explain = (ExplainPlanStatement) statements.get(6);
    assertThat(explain.statement())
        .isInstanceOfSatisfying(
            EvaluateStatement.class, e -> assertThat(e.label()).contains("c d"));
    assertThat(explain.statement().position()).isEqualTo(new SourcePosition(1, 148));
    assertThat(kinds(statements))
        .containsExactly(
            "create_model",
            "drop_model",
            "drop_model",
            "show_models",
            "describe_model",
            "show_train",
            "explain_plan");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE t RENAME TO run",
        "RENAME TABLE a TO train",
        "GRANT SELECT ON d.t TO run",
        "ROLLBACK TO train",
        "SELECT a.to FROM t WHERE t.to = 1",
        "SELECT `to` run FROM t",
        "SELECT @to, @@to FROM t",
        "SELECT 'a TO RUN b', \"TO TRAIN\" FROM t -- TO RUN",
        "INSERT INTO t VALUES ('TO RUN', \"x\\\" TO RUN\")",
        "DESCRIBE model",
        "DESCRIBE model.t",
        "EXPLAIN SELECT * FROM t",
        "EXPLAIN run",
        "SHOW TABLES",
        "CREATE TABLE model (run INT)",
        "SELECT 5--3",
        "SELECT (((1)))",
        "nonsense !!"
      })
  void leavesToTheDatabaseWhatIsItsOwn(String sql) {
    SqlStatement statement = parseOne(SqlStatement.class, sql + ";");

    String withoutComment = sql.replace(" -- TO RUN", "");
    assertThat(statement.sql()).isEqualTo(withoutComment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a MOD 3, b DIV 2, c XOR d FROM t # end\n",
        "SELECT run, train, label, cmd FROM run AS train WHERE train.run = 'it\\'s ''so'''",
        "WITH RECURSIVE c AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM c) SELECT * FROM c",
        "(SELECT a FROM t) UNION (SELECT b FROM u) ORDER BY 1 LIMIT 3",
        "SELECT SUM(a) OVER w FROM t WINDOW w AS (ORDER BY b)",
        "SELECT * FROM t USE INDEX FOR ORDER BY (i) LOCK IN SHARE MODE",
        "SELECT HIGH_PRIORITY SQL_BUFFER_RESULT _utf8mb4'x' COLLATE utf8mb4_bin, 'a' 'b'",
        "SELECT BINARY a, a <=> b, a SOUNDS LIKE b, @x := 1 FROM t",
        "SELECT * FROM { OJ a LEFT OUTER JOIN b ON a.x = b.x }",
        "SELECT * FROM t WHERE a < b < c AND MATCH a AGAINST ('x' IN BOOLEAN MODE)",
        "SELECT * FROM JSON_TABLE('[1]', '$[*]' COLUMNS (a INT PATH '$')) AS j",
        "SELECT größe FROM straße WHERE 名前 = '😀'",
        "SELECT NULL, \\N",
        "SELECT a FROM t GROUP BY a DESC",
        "SELECT a FROM t GROUP BY a, b ASC HAVING COUNT(*) > 1 ORDER BY NULL",
        "SELECT a IS NULL IS NULL, a = 1 IS TRUE, a BETWEEN 1 AND 3 IS TRUE FROM t",
        "SELECT a FROM t WHERE a = (b) IS NULL OR c LIKE 'x' LIKE 'y'",
        "WITH RECURSIVE c (n) AS (SELECT 1 UNION SELECT n + 1 FROM c) CYCLE n RESTRICT SELECT 1",
        "SELECT GROUP_CONCAT(a ORDER BY 1 LIMIT 2), COLUMN_CREATE('a', 1 AS INT) FROM t",
        "SELECT BINARY c 'alias', @a., @a.b FROM t",
        "SELECT a IS NULL IS NULL, RANK() OVER (ORDER BY b), _latin1 'x' y, BINARY c z FROM t",
        "SELECT /*+ MAX_EXECUTION_TIME(9) */ SUM(a) OVER (ROWS 1 PRECEDING) FROM t",
        "SELECT COUNT(*) OVER (ORDER BY a RANGE INTERVAL 1 DAY PRECEDING) FROM t",
        "SELECT a FROM t FOR SYSTEM_TIME AS OF TIMESTAMP '2020-01-01 00:00:00'",
        "SELECT a FROM t LIMIT 10 ROWS EXAMINED 100",
        "SELECT a FROM t FOR UPDATE SKIP LOCKED"
      })
  void takesWhatMysqlTakesBeforeAClause(String select) {
    RunStatement run = parseOne(RunStatement.class, select + "\nTO RUN a/b:1");

    assertThat(run.select()).isEqualTo(select.replace(" # end\n", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";", " ; \n;;", "-- x", "/* ; */", "#", "\uFEFF", "\uFEFF;"})
  void findsNoStatementInWhitespaceAndComments(String text) {
    assertThat(ProgramParser.parse(text).statements()).isEmpty();
  }

  @Test
  void countsColumnsInCharacters() {
    List<Statement> statements =
        ProgramParser.parse("\uFEFFSELECT '😀';\tSELECT 2;\r\n SELECT 3").statements();

    assertThat(statements.stream().map(Statement::position))
        .containsExactly(
            new SourcePosition(1, 1), new SourcePosition(1, 13), new SourcePosition(2, 2));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "'a''b',a'b",
        "\"a\"\"b\",a\"b",
        "'a\\nb',~a\nb~",
        "'\\\\\\'\\\"',\\'\"",
        "'50\\%\\_',50\\%\\_",
        "'\\x\\q',xq",
        "'',~~"
      })
  void decodesStringsAsMysqlDoes(String literal, String meaning) {
    RunStatement run = parseOne(RunStatement.class, "SELECT 1 TO RUN i CMD " + literal);

    assertThat(run.command()).containsExactly(meaning);
  }

  @Test
  void anImpossibleExponentIsNoNumber() {
    PredictStatement predict =
        parseOne(PredictStatement.class, "SELECT 1 TO PREDICT t WITH a=1e999999999 USING m");

    assertThat(predict.with().values()).isEqualTo(Map.of("a", new ExpressionValue("1e999999999")));
  }

  @Test
  void printsAReadableOutline() {
    String outline =
        ProgramOutline.toText(
            ProgramParser.parse(
                "USE d;\nEXPLAIN SELECT *\nFROM t TO FIND a AND NOT b WITH x=1, y=[2] INTO r"));

    assertThat(outline.lines())
        .containsExactly(
            "1. sql at line 1, column 1",
            "   sql        USE d",
            "2. explain_plan at line 2, column 1",
            "   of find at line 2, column 9",
            "      select     SELECT * FROM t",
            "      predicate  ('a' AND NOT 'b')",
            "      with       x = 1, y = [2]",
            "      into       r");
  }

  private static <T extends Statement> T parseOne(Class<T> kind, String text) {
    List<Statement> statements = ProgramParser.parse(text).statements();
    assertThat(statements).hasSize(1);
    assertThat(statements.get(0)).isInstanceOf(kind);
    return kind.cast(statements.get(0));
  }

  private static List<Object> kinds(List<Statement> statements) {
    return statements.stream().map(s -> s.accept(new StatementTree()).get("kind")).toList();
  }

  private static AttributeValue number(String text) {
    return new NumberValue(new BigDecimal(text));
  }

  private static final class Shown implements Predicate.Visitor<String> {
    @Override
    public String visitPresence(Predicate.Presence presence) {
      return presence.className();
    }

    @Override
    public String visitAnd(Predicate.And and) {
      return "("
          + String.join(" and ", and.parts().stream().map(p -> p.accept(this)).toList())
          + ")";
    }

    @Override
    public String visitOr(Predicate.Or or) {
      return "(" + String.join(" or ", or.parts().stream().map(p -> p.accept(this)).toList()) + ")";
    }

    @Override
    public String visitNot(Predicate.Not not) {
      return "(not " + not.part().accept(this) + ")";
    }
  }
}
