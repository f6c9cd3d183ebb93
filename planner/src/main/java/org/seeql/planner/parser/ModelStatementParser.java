package org.seeql.planner.parser;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seeql.planner.parser.Token.Kind;
import org.seeql.planner.statement.Attributes;
import org.seeql.planner.statement.CreateModelStatement;
import org.seeql.planner.statement.DescribeModelStatement;
import org.seeql.planner.statement.DropModelStatement;
import org.seeql.planner.statement.ModelName;
import org.seeql.planner.statement.ShowModelsStatement;
import org.seeql.planner.statement.ShowRunsStatement;
import org.seeql.planner.statement.ShowTrainStatement;
import org.seeql.planner.statement.SourcePosition;
import org.seeql.planner.statement.Statement;

/** Parses the statements on models and runs, which start with keywords of SeeQL. */
final class ModelStatementParser {
  private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]{0,8}");

  private final TokenCursor cursor;
  private final NameParser names;

  ModelStatementParser(TokenCursor cursor) {
    this.cursor = cursor;
    this.names = new NameParser(cursor);
  }

  /** The statement, if it is one of these; otherwise the cursor does not move. */
  Optional<Statement> parse() {
    SourcePosition position = cursor.position();
    Statement statement;
    if (beginsCreate()) {
      statement = create(position);
    } else if (startsWith("DROP", "MODEL")) {
      statement = drop(position);
    } else if (startsWith("SHOW", "MODELS")) {
      skip(2);
      statement = new ShowModelsStatement(position);
    } else if (startsWith("SHOW", "RUNS")) {
      skip(2);
      statement = new ShowRunsStatement(position, limit());
    } else if (startsWith("SHOW", "TRAIN")) {
      skip(2);
      statement = new ShowTrainStatement(position, names.model());
    } else if (startsWith("DESCRIBE", "MODEL") && namesModel(cursor.peek(2))) {
      skip(2);
      statement = new DescribeModelStatement(position, names.model());
    } else {
      return Optional.empty();
    }
    cursor.expectEnd(List.of());
    return Optional.of(statement);
  }

  /** Whether one of these statements starts here; the rest of it may be invalid. */
  boolean isNext() {
    return beginsCreate()
        || startsWith("DROP", "MODEL")
        || startsWith("SHOW", "MODELS")
        || startsWith("SHOW", "RUNS")
        || startsWith("SHOW", "TRAIN")
        || (startsWith("DESCRIBE", "MODEL") && namesModel(cursor.peek(2)));
  }

  private int limit() {
    if (!cursor.acceptWord("LIMIT")) {
      return ShowRunsStatement.STANDARD_LIMIT;
    }
    Token token = cursor.peek();
    Matcher number = LIMIT.matcher(cursor.source().text(token));
    if (!token.is(Kind.NUMBER) || !number.matches()) {
      throw cursor.unexpected(List.of("a number from 1"));
    }
    cursor.next();
    return Integer.parseInt(number.group());
  }

  private boolean beginsCreate() {
    return startsWith("CREATE", "MODEL") || startsWith("CREATE", "OR", "REPLACE", "MODEL");
  }

  private Statement create(SourcePosition position) {
    skip(1);
    boolean orReplace = cursor.acceptWord("OR");
    skip(orReplace ? 2 : 1);
    if (cursor.isWord("OPTIONS") && cursor.isMark(1, '(')) {
      throw cursor.unexpected(List.of("a model"));
    }
    ModelName model = names.model();
    cursor.expectWord("OPTIONS");
    cursor.expectMark('(');
    Attributes options = new AttributeParser(cursor).parse();
    if (!cursor.acceptMark(')')) {
      throw cursor.unexpected(List.of("','", "')'"));
    }
    return new CreateModelStatement(position, model, orReplace, options);
  }

  private Statement drop(SourcePosition position) {
    skip(2);
    boolean ifExists = cursor.isWord("IF") && cursor.isWord(1, "EXISTS");
    skip(ifExists ? 2 : 0);
    return new DropModelStatement(position, names.model(), ifExists);
  }

  /** {@code DESCRIBE model} and {@code DESCRIBE model.t} refer to tables with that name. */
  private static boolean namesModel(Token token) {
    return token.is(Kind.WORD) || token.is(Kind.QUOTED_NAME);
  }

  private boolean startsWith(String... keywords) {
    for (int i = 0; i < keywords.length; i++) {
      if (!cursor.isWord(i, keywords[i])) {
        return false;
      }
    }
    return true;
  }

  private void skip(int tokens) {
    for (int i = 0; i < tokens; i++) {
      cursor.next();
    }
  }
}
