package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seeql.datasets.ImportSummary;
import org.seeql.datasets.ImportSummary.SkippedFile;
import org.seeql.datasets.ImportSummary.Unread;
import org.seeql.planner.statement.TableName;

class ImportFolderCommandTest {
  @Test
  void refusesFilesThatTheStoreDidNotReturn() {
    SkippedFile file = new SkippedFile("a/b.jpg", "it cannot be read: its store does not answer");

    assertThatThrownBy(
            () -> ImportFolderCommand.requireAllRead(summary(Optional.of(new Unread(1_200, file)))))
        .isInstanceOf(CommandRefusal.class)
        .hasMessage(
            "Cannot import 1,200 files of s3a://shop/photos: the first one is a/b.jpg, it cannot be"
                + " read: its store does not answer; run the command again, which continues the"
                + " import");
  }

  @Test
  void acceptsFilesThatAreNoImages() {
    assertThatCode(() -> ImportFolderCommand.requireAllRead(summary(Optional.empty())))
        .doesNotThrowAnyException();
  }

  private static ImportSummary summary(Optional<Unread> unread) {
    return new ImportSummary(
        TableName.of("shop", "images"),
        "s3a://shop/photos",
        1,
        0,
        0,
        1_201,
        0,
        0,
        unread,
        List.of());
  }
}
