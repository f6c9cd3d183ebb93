package org.seeql.database.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.planner.statement.TableName;

class SelectTextTest {
  @Test
  void findsTheTablesButNotTheNamesOfWith() {
    assertThat(
            SelectText.parse(
                    "WITH w AS (SELECT * FROM `a``b`.`c.d`) SELECT * FROM w JOIN e.f g ON true"
                        + " WHERE EXISTS (SELECT 1 FROM h)")
                .tables())
        .containsExactlyInAnyOrder(
            TableName.of("a`b", "c.d"), TableName.of("e", "f"), TableName.of("h"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t ORDER BY a",
        "(SELECT * FROM t ORDER BY a LIMIT 3)",
        "SELECT a FROM t UNION SELECT a FROM u ORDER BY a",
        "SELECT * FROM t THIS IS NO SQL THAT WE KNOW",
      })
  void isOrdered(String select) {
    assertThat(SelectText.parse(select).isOrdered()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t",
        "SELECT * FROM (SELECT * FROM t ORDER BY a LIMIT 3) q",
        "SELECT ROW_NUMBER() OVER (ORDER BY a) FROM t",
        "SELECT 'ORDER BY a' FROM t -- ORDER BY a",
      })
  void isNotOrdered(String select) {
    assertThat(SelectText.parse(select).isOrdered()).isFalse();
  }
}
