package org.seeql.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/errors.md against the messages of the code, in both directions. */
class MessagesPageTest {
  private static MessagesPage page;
  private static CodeMessages code;

  @BeforeAll
  static void read() throws IOException {
    page = MessagesPage.parse(Files.readString(Path.of("..", "docs", "errors.md")));
    code = CodeMessages.read();
  }

  @Test
  void thePageHasOnlyMessagesOfTheCode() {
    List<String> outdated =
        page.messages().stream().filter(message -> !code.canPrint(message)).toList();

    assertThat(page.messages()).isNotEmpty();
    assertThat(outdated)
        .as("messages of docs/errors.md that no module can print; correct the page")
        .isEmpty();
  }

  @Test
  void everyMessageOfTheCodeIsOnThePage() {
    List<String> missing =
        code.messages().stream().filter(message -> !page.describes(message)).toList();

    assertThat(missing)
        .as("messages that docs/errors.md does not describe; add them with reason and remedy")
        .isEmpty();
  }
}
