package org.seeql.planner.parser;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.sf.jsqlparser.parser.ASTNodeAccess;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.util.TablesNamesFinder;
import org.seeql.planner.statement.TableName;

/** Finds the tables that a statement names, as they are written in the source. */
final class TableFinder {
  private final SourceText source;
  private final List<Token> tokens;

  private TableFinder(SourceText source, List<Token> tokens) {
    this.source = source;
    this.tokens = tokens;
  }

  /** All tables of a statement, in the order of the text. */
  static List<TableName> tables(SourceText source, List<Token> tokens, Statement statement) {
    Map<Integer, Table> byPlace = new TreeMap<>();
    // the names that it gives leave out what WITH defines, the visits do not
    Set<String> named =
        new TablesNamesFinder<Void>() {
          {
            init(false);
          }

          @Override
          public <S> Void visit(Table table, S context) {
            byPlace.put(place(table), table);
            return super.visit(table, context);
          }
        }.getTables(statement);
    TableFinder finder = new TableFinder(source, tokens);
    Map<TableName, Integer> tables = new LinkedHashMap<>();
    byPlace.forEach(
        (place, table) -> {
          if (named.contains(table.getFullyQualifiedName())) {
            tables.putIfAbsent(finder.at(place), place);
          }
        });
    return List.copyOf(tables.keySet());
  }

  /** A table of a statement, as it is written in the source. */
  static TableName table(SourceText source, List<Token> tokens, Table table) {
    return new TableFinder(source, tokens).at(place(table));
  }

  /** JSqlParser's text is one line that begins with the first token. */
  private static int place(ASTNodeAccess node) {
    return node.getASTNode().jjtGetFirstToken().beginColumn - 1;
  }

  private TableName at(int place) {
    int offset = tokens.get(0).start() + place;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).start() == offset) {
        List<Token> rest = tokens.subList(i, tokens.size());
        return new NameParser(new TokenCursor(source, rest)).table();
      }
    }
    throw new IllegalStateException("no token at " + offset);
  }
}
