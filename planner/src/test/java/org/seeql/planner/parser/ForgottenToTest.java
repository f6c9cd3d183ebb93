package org.seeql.planner.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForgottenToTest {

  @Test
  void namesTheClause() {
    assertThat(ForgottenTo.hint("SELECT * FROM i WHERE a = 1 predict d.t.c USING m"))
        .contains("a clause of SeeQL starts with TO: write TO PREDICT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SELECT run FORM i",
        "SELECT 'RUN' FROM i WHERE `run` = 1 GRUOP BY a",
        "INSERT INTO t SELECT * FROM i RUN",
        "SELECT * FROM i TO RUN x",
        "SELECT * FROM i -- RUN x"
      })
  void staysSilentOtherwise(String sql) {
    assertThat(ForgottenTo.hint(sql)).isEmpty();
  }
}
