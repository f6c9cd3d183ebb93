package org.seeql.planner.parser;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.seeql.planner.parser.Token.Kind;
import org.seeql.planner.predicate.Predicate;
import org.seeql.planner.statement.Attributes;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.ExplainStatement;
import org.seeql.planner.statement.FindStatement;
import org.seeql.planner.statement.ModelName;
import org.seeql.planner.statement.PredictStatement;
import org.seeql.planner.statement.RunStatement;
import org.seeql.planner.statement.SourcePosition;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TableName;
import org.seeql.planner.statement.TrainStatement;

/**
 * Parses the text after {@code TO}: one of the clauses that apply to a selection. Words are
 * keywords only at the positions where the grammar expects them.
 */
final class ClauseParser {
  /** The parser of each clause, by its word, in the order of error messages. */
  private static final Map<String, Function<ClauseParser, Statement>> PARSERS = parsers();

  static final List<String> CLAUSES = List.copyOf(PARSERS.keySet());

  private static Map<String, Function<ClauseParser, Statement>> parsers() {
    Map<String, Function<ClauseParser, Statement>> parsers = new LinkedHashMap<>();
    parsers.put("RUN", ClauseParser::run);
    parsers.put("PREDICT", ClauseParser::predict);
    parsers.put("FIND", ClauseParser::find);
    parsers.put("TRAIN", ClauseParser::train);
    parsers.put("EVALUATE", ClauseParser::evaluate);
    parsers.put("EXPLAIN", ClauseParser::explain);
    return parsers;
  }

  private final TokenCursor cursor;
  private final NameParser names;
  private final SourcePosition position;
  private final String select;

  /**
   * @param cursor before the word after TO
   * @param select the text before TO
   * @param dialect determines which tables can be targets
   */
  ClauseParser(TokenCursor cursor, SourcePosition position, String select, Dialect dialect) {
    this.cursor = cursor;
    this.names = NameParser.ofClause(cursor, dialect);
    this.position = position;
    this.select = select;
  }

  Statement parse() {
    for (Map.Entry<String, Function<ClauseParser, Statement>> clause : PARSERS.entrySet()) {
      if (cursor.acceptWord(clause.getKey())) {
        return clause.getValue().apply(this);
      }
    }
    if (!cursor.peek().is(Kind.WORD)) {
      throw cursor.unexpected(CLAUSES);
    }
    Token word = cursor.peek();
    throw cursor.error(word, "Unknown clause TO " + cursor.source().text(word), CLAUSES);
  }

  private Statement run() {
    if (ClauseWords.isInPlaceOfName(cursor)) {
      throw cursor.unexpected(List.of("an image"));
    }
    String image = names.image();
    List<String> command = new ArrayList<>();
    boolean hasCommand = cursor.acceptWord("CMD");
    if (hasCommand) {
      do {
        command.add(string("a string"));
      } while (cursor.acceptMark(','));
    }
    Attributes with = hasCommand ? Attributes.NONE : with();
    if (!with.values().isEmpty()) {
      command.add(image);
    }
    List<TableName> into = new ArrayList<>();
    boolean hasInto = cursor.acceptWord("INTO");
    if (hasInto) {
      do {
        into.add(names.table());
      } while (cursor.acceptMark(','));
    }
    List<String> orElse =
        command.isEmpty() ? List.of("CMD", "WITH", "INTO") : List.of("','", "INTO");
    cursor.expectEnd(hasInto ? List.of("','") : orElse);
    return new RunStatement(position, select, image, command, with, into);
  }

  private Statement predict() {
    NameParser.Target target = names.tableAndColumn();
    Attributes with = with();
    expectClause("USING", with);
    ModelName model = names.model();
    cursor.expectEnd(List.of());
    return new PredictStatement(position, select, target.table(), target.column(), with, model);
  }

  private Statement find() {
    Predicate predicate = new PredicateParser(cursor).parse();
    Attributes with = with();
    Optional<TableName> into = optionalInto();
    if (!cursor.isEnd()) {
      throw cursor.unexpected(
          into.isPresent()
              ? List.of("the end of the statement")
              : with.values().isEmpty()
                  ? List.of("AND", "OR", "WITH", "INTO", "the end of the statement")
                  : List.of("','", "INTO", "the end of the statement"));
    }
    return new FindStatement(position, select, predicate, with, into);
  }

  private Statement train() {
    String estimator = names.reference("an estimator");
    Attributes with = with();
    Map<String, List<String>> columns = columns();
    Optional<String> label = label();
    Optional<ModelName> using =
        cursor.acceptWord("USING") ? Optional.of(names.model()) : Optional.empty();
    if (!cursor.isWord("INTO")) {
      List<String> expected = new ArrayList<>();
      if (with.values().isEmpty() && columns.isEmpty() && label.isEmpty() && using.isEmpty()) {
        expected.add("WITH");
      }
      if (label.isEmpty() && using.isEmpty()) {
        expected.addAll(List.of("COLUMN", "LABEL"));
      }
      if (using.isEmpty()) {
        expected.add("USING");
      }
      expected.add("INTO");
      throw cursor.unexpected(expected);
    }
    cursor.expectWord("INTO");
    ModelName model = names.model();
    cursor.expectEnd(List.of());
    return new TrainStatement(position, select, estimator, with, columns, label, using, model);
  }

  private Statement evaluate() {
    ModelName model = names.model();
    Attributes with = with();
    Optional<String> label = label();
    if (!cursor.isWord("INTO")) {
      throw cursor.unexpected(
          label.isPresent()
              ? List.of("INTO")
              : with.values().isEmpty()
                  ? List.of("WITH", "LABEL", "INTO")
                  : List.of("','", "LABEL", "INTO"));
    }
    cursor.expectWord("INTO");
    TableName into = names.table();
    cursor.expectEnd(List.of());
    return new EvaluateStatement(position, select, model, with, label, into);
  }

  private Statement explain() {
    ModelName model = names.model();
    Attributes with = with();
    Optional<String> explainer =
        cursor.acceptWord("USING")
            ? Optional.of(names.reference("an explainer"))
            : Optional.empty();
    Optional<TableName> into = optionalInto();
    List<String> expected = new ArrayList<>();
    if (into.isEmpty()) {
      if (explainer.isEmpty()) {
        expected.add(with.values().isEmpty() ? "WITH" : "','");
        expected.add("USING");
      }
      expected.add("INTO");
    }
    cursor.expectEnd(expected);
    return new ExplainStatement(position, select, model, with, explainer, into);
  }

  private Attributes with() {
    return cursor.acceptWord("WITH") ? new AttributeParser(cursor).parse() : Attributes.NONE;
  }

  private Optional<String> label() {
    if (!cursor.acceptWord("LABEL")) {
      return Optional.empty();
    }
    return Optional.of(
        cursor.peek().is(Kind.STRING) ? string("a column") : names.dottedName("a column"));
  }

  private Optional<TableName> optionalInto() {
    return cursor.acceptWord("INTO") ? Optional.of(names.table()) : Optional.empty();
  }

  /** {@code COLUMN a, f(b) FOR name COLUMN …}; only the first may omit its name. */
  private Map<String, List<String>> columns() {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    ExpressionParser expressions = new ExpressionParser(cursor);
    while (cursor.acceptWord("COLUMN")) {
      List<String> texts = new ArrayList<>();
      do {
        if (ClauseWords.isInPlaceOfName(cursor)) {
          throw cursor.unexpected(List.of("a column"));
        }
        texts.add(expressions.parse("a column"));
      } while (cursor.acceptMark(','));
      Token nameToken = cursor.peek();
      String name = "feature_columns";
      if (cursor.acceptWord("FOR")) {
        nameToken = cursor.peek();
        name = names.dottedName("a name for the columns");
      } else if (!columns.isEmpty()) {
        throw cursor.unexpected(List.of("','", "FOR"));
      }
      if (columns.put(name, texts) != null) {
        throw cursor.error(nameToken, "Columns " + name + " are given twice", List.of());
      }
    }
    return columns;
  }

  private String string(String what) {
    if (!StringLiteral.isText(cursor.source(), cursor.peek())) {
      throw cursor.unexpected(List.of(what));
    }
    return StringLiteral.decode(cursor.source(), cursor.next());
  }

  private void expectClause(String keyword, Attributes with) {
    if (!cursor.acceptWord(keyword)) {
      throw cursor.unexpected(
          with.values().isEmpty() ? List.of("WITH", keyword) : List.of("','", keyword));
    }
  }
}
