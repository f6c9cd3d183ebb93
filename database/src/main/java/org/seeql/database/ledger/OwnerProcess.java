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
 * The process of a driver. Another driver can check whether it still exists.
 *
 * @param host name of its machine, for messages
 * @param machine the scope of its process id: a boot of a machine and a process namespace
 * @param pid process id
 * @param started when the process started, in clock ticks since the machine's boot; independent of
 *     changes to the clock; 0 if unknown
 */
record OwnerProcess(String host, String machine, long pid, long started) {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path PROCESSES = Path.of("/proc/self/ns/pid");
  private static final Path PROC = Path.of("/proc");
  private static final int FIRST_PROCESS = 1;
  // The index among the fields after the command in /proc/PID/stat, see proc(5). The first of them
  // is field 3.
  private static final int START_AFTER_COMMAND = 22 - 3;
  private static final int PARTS = 3;
  private static final int MAX_CHARACTERS = 255;

  /** Whether a process is known to exist, is known to have ended, or cannot be seen from here. */
  enum ProcessState {
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

  /** Parses the format of {@link #text}. */
  static OwnerProcess parse(String host, String text) {
    String[] parts = text.split(" ", PARTS);
    if (parts.length < PARTS) {
      return new OwnerProcess(host, "", 0, 0);
    }
    return new OwnerProcess(host, parts[2], Long.parseLong(parts[0]), Long.parseLong(parts[1]));
  }

  /** Process id, start and machine as one text, for {@link #parse}. */
  String text() {
    return pid + " " + started + " " + machine;
  }

  /** Whether it is the current process. */
  boolean isThis() {
    return !machine.isEmpty() && equals(current());
  }

  ProcessState state() {
    return state(PROC);
  }

  /**
   * Whether the process exists.
   *
   * @param proc the directory that lists the processes of this machine
   */
  ProcessState state(Path proc) {
    if (machine.isEmpty() || !machine.equals(machineName())) {
      return ProcessState.UNKNOWN;
    }
    OptionalLong start = start(proc, pid);
    if (start.isPresent()) {
      return start.getAsLong() == started ? ProcessState.ALIVE : ProcessState.ENDED;
    }
    // If other users' processes are hidden (hidepid), the first process is hidden, too.
    return start(proc, FIRST_PROCESS).isPresent() ? ProcessState.ENDED : ProcessState.UNKNOWN;
  }

  // The command is enclosed in parentheses and may itself contain spaces and parentheses.
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

  // Containers may share a host name, but not both a boot and a process namespace.
  private static String machineName() {
    try {
      return Files.readString(BOOT).strip() + " " + Files.readSymbolicLink(PROCESSES);
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), MAX_CHARACTERS));
  }

  @Override
  public String toString() {
    return "process " + pid + " on " + host;
  }
}
