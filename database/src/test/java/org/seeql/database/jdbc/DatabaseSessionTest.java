package org.seeql.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLNonTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseSessionTest {
  private final List<String> calls = new ArrayList<>();

  /** A connection that is lost after a commit. */
  private Connection lostAfterCommit() {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              calls.add(method.getName());
              if (calls.contains("commit") && !method.getName().equals("commit")) {
                throw new SQLNonTransientConnectionException("lost", "08S01");
              }
              return null;
            });
  }

  @Test
  void aCommitSucceedsIfTheConnectionIsLostAfterwards() throws Exception {
    DatabaseSession session = new DatabaseSession(lostAfterCommit(), () -> {});
    session.begin();

    assertThatCode(session::commit).doesNotThrowAnyException();

    // Later statements must fail: without the reset, nobody would commit them.
    assertThat(calls).containsExactly("setAutoCommit", "commit", "setAutoCommit", "close");
  }
}
