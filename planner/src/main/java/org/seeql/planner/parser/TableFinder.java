package org.seeql.planner.parser;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.sf.jsqlparser.parser.ASTNodeAccess;
import net.sf.jsqlparser.parser.CCJSqlParserTreeConstants;
import net.sf.jsqlparser.parser.Node;
import net.sf.jsqlparser.parser.SimpleNode;
import net.sf.jsqlparser.schema.Table;
import org.seeql.planner.parser.SelectParser.ParsedSql;
import org.seeql.planner.statement.TableName;

/**
 * Finds the tables that a statement names, as written in the source. It traverses the syntax tree,
 * because JSqlParser's own visitors do not enter every subquery.
 */
final class TableFinder {
  private final SourceText source;
  private final List<Token> tokens;
  private final Map<Integer, Integer> indices = new HashMap<>();
  private final TreeSet<Integer> places = new TreeSet<>();
  private final List<CommonTable> commonTables = new ArrayList<>();

  /**
   * @param tokens of the whole statement
   * @param parsed the result of JSqlParser
   * @throws SqlSyntaxException if JSqlParser accepts a string or variable as a table
   */
  TableFinder(SourceText source, List<Token> tokens, ParsedSql parsed) {
    this.source = source;
    this.tokens = tokens;
    for (int i = 0; i < tokens.size(); i++) {
      indices.put(tokens.get(i).start(), i);
    }
    walk(parsed.root());
    places.removeIf(this::isCommonTable);
    addReferenced();
  }

  /**
   * A common table expression of WITH.
   *
   * @param start of its definition
   * @param end of its definition; without RECURSIVE it is visible after this
   * @param scopeEnd end of the query that WITH belongs to
   */
  private record CommonTable(String name, boolean recursive, int start, int end, int scopeEnd) {}

  /** All tables, in the order of the text. */
  Set<TableName> tables() {
    return tablesBut(-1);
  }

  /** All tables but one, unless the statement also names that one elsewhere. */
  Set<TableName> tablesBut(Table one) {
    return tablesBut(place(one));
  }

  private Set<TableName> tablesBut(int one) {
    Set<TableName> tables = new LinkedHashSet<>();
    places.stream().filter(place -> place != one).forEach(place -> tables.add(at(place)));
    return tables;
  }

  /** A table of the statement, as written in the source. */
  TableName written(Table table) {
    return at(place(table));
  }

  private void walk(Node root) {
    Deque<SimpleNode> ahead = new ArrayDeque<>(); // iterative, because a tree may be deep
    ahead.push((SimpleNode) root);
    while (!ahead.isEmpty()) {
      SimpleNode node = ahead.pop();
      if (node.getId() == CCJSqlParserTreeConstants.JJTTABLENAME && namesTable(node)) {
        places.add(place(node));
      } else if (node.getId() == CCJSqlParserTreeConstants.JJTWITHITEM) {
        commonTables.add(commonTable(node));
      }
      for (int i = 0; i < node.jjtGetNumChildren(); i++) {
        ahead.push((SimpleNode) node.jjtGetChild(i));
      }
    }
  }

  /** {@code t.*} and {@code FOR UPDATE OF t} refer to tables that FROM already names. */
  private static boolean namesTable(SimpleNode node) {
    int parent = ((SimpleNode) node.jjtGetParent()).getId();
    return parent != CCJSqlParserTreeConstants.JJTPRIMARYEXPRESSION
        && parent != CCJSqlParserTreeConstants.JJTPLAINSELECT;
  }

  private CommonTable commonTable(SimpleNode node) {
    int first = index(place(node));
    boolean saysRecursive = source.isWord(tokens.get(first), "RECURSIVE");
    SimpleNode query = (SimpleNode) node.jjtGetParent();
    boolean recursive = saysRecursive;
    for (int i = 0; i < query.jjtGetNumChildren(); i++) {
      SimpleNode sibling = (SimpleNode) query.jjtGetChild(i);
      recursive |=
          sibling.getId() == CCJSqlParserTreeConstants.JJTWITHITEM
              && source.isWord(tokens.get(index(place(sibling))), "RECURSIVE");
    }
    return new CommonTable(
        name(at(place(tokens.get(saysRecursive ? first + 1 : first)))),
        recursive,
        place(node),
        node.jjtGetLastToken().endColumn - 1,
        query.jjtGetLastToken().endColumn - 1);
  }

  /**
   * With RECURSIVE it is visible from the start of its definition, otherwise from the end of it.
   */
  private boolean isCommonTable(int place) {
    TableName table = at(place);
    return table.database().isEmpty()
        && commonTables.stream()
            .filter(common -> common.name().equals(name(table)))
            .filter(common -> place <= common.scopeEnd())
            .anyMatch(common -> place > (common.recursive() ? common.start() : common.end()));
  }

  private static String name(TableName table) {
    return table.name().toLowerCase(Locale.ROOT);
  }

  /** {@code REFERENCES t} of a foreign key, which JSqlParser treats as a plain name. */
  private void addReferenced() {
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (source.isWord(tokens.get(i), "REFERENCES")) {
        places.add(place(tokens.get(i + 1)));
      }
    }
  }

  private static int place(ASTNodeAccess node) {
    return place(node.getASTNode());
  }

  /** The offset of a node; JSqlParser's text is one line that starts with the first token. */
  private static int place(SimpleNode node) {
    return node.jjtGetFirstToken().beginColumn - 1;
  }

  private int place(Token token) {
    return token.start() - tokens.get(0).start();
  }

  private int index(int place) {
    int offset = tokens.get(0).start() + place;
    return Optional.ofNullable(indices.get(offset))
        .orElseThrow(() -> source.error(offset, "This is not a table", List.of("a table")));
  }

  private TableName at(int place) {
    List<Token> rest = tokens.subList(index(place), tokens.size());
    return new NameParser(new TokenCursor(source, rest)).table();
  }
}
