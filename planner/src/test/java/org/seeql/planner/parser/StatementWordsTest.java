package org.seeql.planner.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELECT 1 | SELECT 1",
        "SELECT a.b , -- ;'\\n `c d` FROM t WHERE n>=3 | SELECT a.b , `c d` FROM t WHERE n>=3",
        "CREATE USER u IDENTIFIED BY 'pass;word' | CREATE USER u IDENTIFIED BY '…'",
        "SELECT \"it''s\" /* 'hidden' */, 'never ends | SELECT '…' , '…'",
      })
  void showsAStatementWithoutCommentsAndStrings(String program, String line) {
    assertThat(StatementWords.of(program.replace("\\n", "\n"))).containsExactly(line);
  }

  @Test
  void hasALineForEachStatement() {
    assertThat(StatementWords.of(";SELECT 1;; SELECT ';';\n-- end")).hasSize(2);
    assertThat(StatementWords.of("")).isEmpty();
  }
}
