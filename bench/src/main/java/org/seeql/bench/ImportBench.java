package org.seeql.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seeql.database.embedded.EmbeddedDatabase;
import org.seeql.datasets.coco.CocoFile;
import org.seeql.datasets.load.DataSetImport;
import org.seeql.datasets.load.DataSetListener;
import org.seeql.datasets.load.DataSetRequest;
import org.seeql.datasets.load.DataSetSummary;
import org.seeql.datasets.load.DataSetSummary.Counts;
import org.seeql.datasets.load.OnError;
import org.seeql.datasets.record.Section;

/** Measures the speed and the heap of an import of COCO annotations into the embedded database. */
final class ImportBench {
  private static final double MEBI = 1 << 20;

  private final Path work;
  private final Report report;

  ImportBench(Path work, Report report) {
    this.work = work;
    this.report = report;
  }

  void run(int annotations) throws IOException {
    Path file = CocoFileMaker.file(work, annotations);
    report.heading(
        "Importing %,d annotations, %.0f MiB of JSON (maximum heap %,.0f MiB)"
            .formatted(
                annotations, Files.size(file) / MEBI, Runtime.getRuntime().maxMemory() / MEBI),
        "import",
        "seconds",
        "annotations/s",
        "highest heap, MiB");
    try (EmbeddedDatabase database =
        EmbeddedDatabase.start(Files.createTempDirectory(work, "database-"))) {
      measure("first in the JVM", database, file, "first");
      measure("warm", database, file, "second");
      measure("already imported data", database, file, "second");
    }
  }

  private void measure(String what, EmbeddedDatabase database, Path file, String name) {
    System.gc();
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    DataSetSummary summary =
        new DataSetImport(database.connector(), DataSetListener.NONE, problem -> {})
            .run(
                List.of(new CocoFile(file, file.toString())),
                new DataSetRequest(name, work.toString(), Optional.empty(), OnError.FAIL));
    double peak = heapPools().stream().mapToLong(p -> p.getPeakUsage().getUsed()).sum() / MEBI;
    Counts counts = summary.counts().get(Section.ANNOTATIONS);
    double seconds = summary.duration().toNanos() / 1e9;
    report.row(what, seconds, (counts.added() + counts.known()) / seconds, peak);
  }

  private static List<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }
}
