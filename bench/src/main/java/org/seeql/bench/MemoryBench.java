package org.seeql.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/** Measures heap and native memory while the number of images over the same few files grows. */
final class MemoryBench {
  private static final int FILES = 8;
  private static final double MEBI = 1 << 20;

  private final Setting setting;
  private final Report report;

  MemoryBench(Setting setting, Report report) {
    this.setting = setting;
    this.report = report;
  }

  void run(long... selections) throws IOException {
    report.heading(
        "Memory by number of images (maximum heap %,.0f MiB)"
            .formatted(Runtime.getRuntime().maxMemory() / MEBI),
        "images",
        "img/s",
        "heap after garbage collection, MiB",
        "resident, MiB");
    try (BenchSession session = setting.session(FILES)) {
      for (long images : selections) {
        session.execute(
            """
            CREATE OR REPLACE TABLE bench.many AS
              SELECT seq AS image_id, CONCAT(LPAD(MOD(seq, %d), 6, '0'), '.jpg') AS file_name
              FROM main.seq_1_to_%d"""
                .formatted(FILES, images));
        double rate =
            session
                .run(
                    "SELECT * FROM bench.many TO RUN bench CMD %s, \"--id_column=image_id\" INTO bench.found"
                        .formatted(setting.command()))
                .imagesPerSecond();
        report.row("%,d".formatted(images), rate, heap(), resident());
      }
    }
  }

  /** The used heap after the latest collection of the old generation. */
  private static double heap() {
    System.gc();
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
            .map(MemoryPoolMXBean::getCollectionUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum()
        / MEBI;
  }

  /** The resident memory of this process, without the database server. */
  private static double resident() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
      }
    }
    throw new IOException("/proc/self/status has no VmRSS");
  }
}
