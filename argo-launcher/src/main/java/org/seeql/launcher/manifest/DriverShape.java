package org.seeql.launcher.manifest;

/**
 * The shape of the pod of Spark's driver.
 *
 * @param memory heap in Spark's notation ({@code 1g})
 * @param memoryOverhead memory in addition to the heap
 */
public record DriverShape(int cores, String memory, String memoryOverhead) {
  /** One core, and one GiB each of heap and other memory. */
  public static final DriverShape DEFAULT = new DriverShape(1, "1g", "1g");

  public DriverShape {
    SubmissionProblems problems = new SubmissionProblems();
    problems.note(() -> Amounts.requireAtLeast("--driver-cores", cores, 1));
    problems.note(() -> Amounts.requireHeap("--driver-memory", memory));
    problems.note(() -> Amounts.requireMemory("--driver-memory-overhead", memoryOverhead));
    problems.refuse();
  }

  /** The memory of the pod in Kubernetes' notation. */
  String memoryQuantity() {
    long mebibytes = Amounts.mebibytes(memory) + Amounts.mebibytes(memoryOverhead);
    return mebibytes % 1024 == 0 ? mebibytes / 1024 + "Gi" : mebibytes + "Mi";
  }
}
