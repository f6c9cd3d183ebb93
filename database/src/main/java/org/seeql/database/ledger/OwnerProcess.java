package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The process of a driver, as another driver can tell whether it still exists.
 *
 * @param host name of its machine, for messages
 * @param machine what its process id belongs to: a boot of a machine and a namespace of processes
 * @param pid process id
 * @param started when the process started, in milliseconds since 1970; 0 where that is unknown
 */
record OwnerProcess(String host, String machine, long pid, long started) {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path PROCESSES = Path.of("/proc/self/ns/pid");
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
    ProcessHandle process = ProcessHandle.current();
    return new OwnerProcess(hostName(), machineName(), process.pid(), start(process));
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
    if (machine.isEmpty() || !machine.equals(machineName())) {
      return Life.UNKNOWN;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    return process.filter(p -> start(p) == started).isPresent() ? Life.ALIVE : Life.ENDED;
  }

  private static long start(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
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
