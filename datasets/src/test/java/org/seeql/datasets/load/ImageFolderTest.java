package org.seeql.datasets.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFolderTest {

  @Test
  void beginsWithTheFirstFolder() {
    assertThat(ImageFolder.join(Optional.empty(), "/a/b"))
        .contains(new ImageFolder("/a/b", "", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b, /a/b, /a/b, '', ''",
    "/a/val, /a/train, /a, val/, train/",
    "/a, /a/train/2017, /a, '', train/2017/",
    "/a/train/2017, /a, /a, train/2017/, ''",
    "/a/val, /a/val2, /a, val/, val2/",
    "/, /, /, '', ''",
    "/, /a/b, /, '', a/b/",
    "s3a://bucket/val, s3a://bucket/x/train, s3a://bucket, val/, x/train/",
  })
  void findsTheFolderThatHoldsBoth(
      String earlier, String folder, String root, String earlierPrefix, String prefix) {
    assertThat(ImageFolder.join(Optional.of(earlier), folder))
        .contains(new ImageFolder(root, earlierPrefix, prefix));
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b, /c/d",
    "/a, /b",
    "s3a://bucket/a, s3a://other/a",
    "/a/b, s3a://bucket/a",
    "s3a://bucket/a, /a",
  })
  void doesNotUseAWholeFileSystemAsRoot(String earlier, String folder) {
    assertThat(ImageFolder.join(Optional.of(earlier), folder)).isEmpty();
  }
}
