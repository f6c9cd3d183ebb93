package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The process of a driver, as another driver can tell whether it still exists.
 *
 * @param host name of its machine, for messages
 * @param machine what its process id belongs to: a boot of a machine and a namespace of processes
 * @param pid process id
 * @param started when the process started, in clock ticks since the boot of the machine, which do
 *     not change when the clock is set; 0 where that is unknown
 */
record OwnerProcess(String host, String machine, long pid, long started) {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path PROCESSES = Path.of("/proc/self/ns/pid");
  private static final Path PROC = Path.of("/proc");
  private static final int FIRST_PROCESS = 1;
  // of the fields after the command in /proc/PID/stat, see proc(5): the first of them is field 3
  private static final int START_AFTER_COMMAND = 22 - 3;
  private static final int PARTS = 3;
  private static final int MOST_CHARACTERS = 255;

  /** Whether a process is known to exist, known to have ended, or on a machine out of sight. */
  enum Life {
    ALIVE,
    ENDED,
    UNKNOWN
  }

  OwnerProcess {
    requireNonNull(host, "host is null");
    requireNonNull(machine, "machine is null");
  }

  /** This process. */
  static OwnerProcess current() {
    long pid = ProcessHandle.current().pid();
    return new OwnerProcess(hostName(), machineName(), pid, start(PROC, pid).orElse(0));
  }

  /** The process that {@link #text} has written. */
  static OwnerProcess parse(String host, String text) {
    String[] parts = text.split(" ", PARTS);
    if (parts.length < PARTS) {
      return new OwnerProcess(host, "", 0, 0);
    }
    return new OwnerProcess(host, parts[2], Long.parseLong(parts[0]), Long.parseLong(parts[1]));
  }

  /** Process id, start and machine in one text, for {@link #parse}. */
  String text() {
    return pid + " " + started + " " + machine;
  }

  /** Whether it is the process that asks. */
  boolean isThis() {
    return !machine.isEmpty() && equals(current());
  }

  Life life() {
    return life(PROC);
  }

  /**
   * Whether it exists.
   *
   * @param proc where the processes of this machine are listed
   */
  Life life(Path proc) {
    if (machine.isEmpty() || !machine.equals(machineName())) {
      return Life.UNKNOWN;
    }
    OptionalLong start = start(proc, pid);
    if (start.isPresent()) {
      return start.getAsLong() == started ? Life.ALIVE : Life.ENDED;
    }
    // where other users' processes are hidden (hidepid), so is the first one
    return start(proc, FIRST_PROCESS).isPresent() ? Life.ENDED : Life.UNKNOWN;
  }

  // the command stands in parentheses, and may have spaces and parentheses in it
  private static OptionalLong start(Path proc, long pid) {
    try {
      String stat = Files.readString(proc.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
      return OptionalLong.of(Long.parseLong(fields[START_AFTER_COMMAND]));
    } catch (IOException | RuntimeException e) {
      return OptionalLong.empty();
    }
  }

  private static String hostName() {
    try {
      return shortened(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  // Containers may share the name of a host; a boot and a namespace of processes they do not share.
  private static String machineName() {
    try {
      return Files.readString(BOOT).strip() + " " + Files.readSymbolicLink(PROCESSES);
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
  }

  @Override
  public String toString() {
    return "process " + pid + " on " + host;
  }
}
