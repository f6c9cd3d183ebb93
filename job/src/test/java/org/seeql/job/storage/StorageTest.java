package org.seeql.job.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageTest {
  @ParameterizedTest
  @CsvSource({
    "s3://photos/2026/, s3a://photos/2026",
    "S3A://photos/2026, s3a://photos/2026",
    "s3a://photos/, s3a://photos/",
    "s3a://photos, s3a://photos",
    "hdfs://nodes:8020/, hdfs://nodes:8020/",
    "hdfs://nodes:8020/photos//, hdfs://nodes:8020/photos",
    "2026/a.jpg, 2026/a.jpg",
    "s3.jpg, s3.jpg"
  })
  void hasOneSpellingOfAPlace(String uri, String canonical) {
    assertThat(Storage.canonical(uri)).isEqualTo(canonical);
  }

  @Test
  void namesWhatReadsAStoreThatNothingReads() {
    assertThatThrownBy(() -> Storage.of(new Path("s3a://pictures/a.jpg")))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "URIs of the form s3a: are not supported: org.apache.hadoop.fs.s3a.S3AFileSystem is not on the class path"
                + "; it is in org.apache.hadoop:hadoop-aws, in the version of Spark's Hadoop");
  }
}
