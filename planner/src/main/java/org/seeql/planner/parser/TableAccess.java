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
import org.seeql.planner.statement.TableName;

/**
 * The tables that a statement of the database's own reads and changes. A view counts as a table;
 * what triggers and foreign keys touch is not seen.
 *
 * @param reads tables that it only reads
 * @param appends tables that it only adds rows to
 * @param writes tables that it changes otherwise, creates or drops
 */
public record TableAccess(Set<TableName> reads, Set<TableName> appends, Set<TableName> writes) {
  public TableAccess {
    reads = Collections.unmodifiableSet(new LinkedHashSet<>(reads));
    appends = Collections.unmodifiableSet(new LinkedHashSet<>(appends));
    writes = Collections.unmodifiableSet(new LinkedHashSet<>(writes));
  }

  /** What a statement touches; empty where that cannot be told. */
  public static Optional<TableAccess> of(String sql) {
    SourceText source = new SourceText(sql);
    List<Token> tokens = Tokenizer.tokens(sql);
    Optional<TableAccess> drop = dropped(new TokenCursor(source, tokens));
    return drop.isPresent()
        ? drop
        : SelectParser.parsePatiently(source, tokens).flatMap(s -> of(source, tokens, s));
  }

  private static Optional<TableAccess> of(
      SourceText source, List<Token> tokens, Statement statement) {
    if (statement instanceof Select) {
      return Optional.of(
          new TableAccess(
              new LinkedHashSet<>(TableFinder.tables(source, tokens, statement)),
              Set.of(),
              Set.of()));
    }
    boolean known =
        statement instanceof Insert
            || statement instanceof Upsert
            || statement instanceof CreateTable
            || statement instanceof Update
            || statement instanceof Delete
            || statement instanceof Truncate;
    if (!known) {
      return Optional.empty();
    }
    Set<TableName> all = new LinkedHashSet<>(TableFinder.tables(source, tokens, statement));
    if (statement instanceof Insert insert) {
      TableName target = TableFinder.table(source, tokens, insert.getTable());
      all.remove(target);
      if (insert.getSelect() != null) {
        all.addAll(TableFinder.tables(source, tokens, insert.getSelect())); // maybe the target too
      }
      // the order decides which of two rows of one key stays
      boolean adds = !insert.isModifierIgnore() && insert.getDuplicateUpdateSets() == null;
      return Optional.of(
          adds
              ? new TableAccess(all, Set.of(target), Set.of())
              : new TableAccess(all, Set.of(), Set.of(target)));
    }
    if (statement instanceof Upsert upsert) {
      return Optional.of(writing(source, tokens, all, upsert.getTable()));
    }
    if (statement instanceof CreateTable create) {
      if (create.getLikeTable() != null) {
        all.add(TableFinder.table(source, tokens, create.getLikeTable()));
      }
      return Optional.of(writing(source, tokens, all, create.getTable()));
    }
    // of several joined tables any may be changed
    return Optional.of(new TableAccess(Set.of(), Set.of(), all));
  }

  private static TableAccess writing(
      SourceText source, List<Token> tokens, Set<TableName> all, Table target) {
    TableName written = TableFinder.table(source, tokens, target);
    all.remove(written);
    return new TableAccess(all, Set.of(), Set.of(written));
  }

  /** {@code DROP TABLE [IF EXISTS] a, b}: JSqlParser takes one table only. */
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
      return Optional.empty(); // the database will say what is wrong
    }
    return cursor.isEnd()
        ? Optional.of(new TableAccess(Set.of(), Set.of(), tables))
        : Optional.empty();
  }
}
