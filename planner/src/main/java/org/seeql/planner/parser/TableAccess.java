package org.seeql.planner.parser;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.create.table.CreateTable;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.truncate.Truncate;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.upsert.Upsert;
import org.seeql.planner.parser.SelectParser.ParsedSql;
import org.seeql.planner.statement.SqlMode;
import org.seeql.planner.statement.TableName;

/**
 * The tables that a native statement of the database reads and changes. A view counts as a table.
 * Effects of triggers and foreign keys are not visible.
 *
 * @param reads tables that it only reads
 * @param appends tables to which it only adds rows
 * @param writes tables that it changes in other ways, creates or drops
 */
public record TableAccess(Set<TableName> reads, Set<TableName> appends, Set<TableName> writes) {
  private static final Set<String> SEQUENCES = Set.of("NEXTVAL", "NEXT", "SETVAL");

  public TableAccess {
    reads = Collections.unmodifiableSet(new LinkedHashSet<>(reads));
    appends = Collections.unmodifiableSet(new LinkedHashSet<>(appends));
    writes = Collections.unmodifiableSet(new LinkedHashSet<>(writes));
  }

  /** The tables that a statement accesses; empty if they cannot be determined. */
  public static Optional<TableAccess> of(String sql) {
    return of(sql, SqlMode.DEFAULT);
  }

  /** The same for a text in an SQL mode. */
  public static Optional<TableAccess> of(String sql, SqlMode mode) {
    SourceText source = new SourceText(sql);
    List<Token> tokens = Tokenizer.tokens(sql, mode);
    Optional<TableAccess> drop = dropped(new TokenCursor(source, tokens));
    if (drop.isPresent()) {
      return drop;
    }
    return usesSequence(source, tokens)
        ? Optional.empty()
        : SelectParser.parsePatiently(source, tokens).flatMap(parsed -> of(source, tokens, parsed));
  }

  /**
   * A SELECT of a sequence's next value changes the sequence, which JSqlParser does not report as a
   * table.
   */
  private static boolean usesSequence(SourceText source, List<Token> tokens) {
    return tokens.stream()
        .anyMatch(token -> SEQUENCES.stream().anyMatch(word -> source.isWord(token, word)));
  }

  private static Optional<TableAccess> of(SourceText source, List<Token> tokens, ParsedSql parsed) {
    try {
      return of(new TableFinder(source, tokens, parsed), parsed.statement());
    } catch (SqlSyntaxException e) {
      return Optional.empty(); // a string in place of a table name: the database reports it
    }
  }

  private static Optional<TableAccess> of(TableFinder finder, Statement statement) {
    if (statement instanceof Select) {
      return Optional.of(new TableAccess(finder.tables(), Set.of(), Set.of()));
    }
    if (statement instanceof Insert insert) {
      // otherwise the order of the rows decides which of two rows with the same key remains
      boolean adds = !insert.isModifierIgnore() && insert.getDuplicateUpdateSets() == null;
      TableAccess writing = writing(finder, insert.getTable());
      return Optional.of(
          adds ? new TableAccess(writing.reads(), writing.writes(), Set.of()) : writing);
    }
    if (statement instanceof Upsert upsert) {
      return Optional.of(writing(finder, upsert.getTable()));
    }
    if (statement instanceof CreateTable create) {
      TableAccess writing = writing(finder, create.getTable());
      Set<TableName> reads = new LinkedHashSet<>(writing.reads());
      if (create.getLikeTable() != null) {
        reads.add(finder.written(create.getLikeTable()));
      }
      return Optional.of(new TableAccess(reads, Set.of(), writing.writes()));
    }
    boolean changes =
        statement instanceof Update || statement instanceof Delete || statement instanceof Truncate;
    // with joined tables, any of them may be changed
    return changes
        ? Optional.of(new TableAccess(Set.of(), Set.of(), finder.tables()))
        : Optional.empty();
  }

  private static TableAccess writing(TableFinder finder, Table target) {
    return new TableAccess(finder.tablesBut(target), Set.of(), Set.of(finder.written(target)));
  }

  /** {@code DROP TABLE [IF EXISTS] a, b}: JSqlParser accepts only one table. */
  private static Optional<TableAccess> dropped(TokenCursor cursor) {
    if (!cursor.acceptWord("DROP") || !cursor.acceptWord("TABLE")) {
      return Optional.empty();
    }
    if (cursor.acceptWord("IF")) {
      cursor.acceptWord("EXISTS");
    }
    Set<TableName> tables = new LinkedHashSet<>();
    NameParser names = new NameParser(cursor);
    try {
      do {
        tables.add(names.table());
      } while (cursor.acceptMark(','));
    } catch (SqlSyntaxException e) {
      return Optional.empty(); // the database reports the error
    }
    return cursor.isEnd()
        ? Optional.of(new TableAccess(Set.of(), Set.of(), tables))
        : Optional.empty();
  }
}
