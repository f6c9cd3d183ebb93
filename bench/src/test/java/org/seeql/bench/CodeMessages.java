package org.seeql.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.xbean.asm9.ClassReader;
import org.apache.xbean.asm9.ClassVisitor;
import org.apache.xbean.asm9.FieldVisitor;
import org.apache.xbean.asm9.Handle;
import org.apache.xbean.asm9.MethodVisitor;
import org.apache.xbean.asm9.Opcodes;

/**
 * The texts in the class files of all modules and in scripts, and which of them are messages to
 * users. A text of a method is a message if an exception is created after it, or if it begins like
 * a message.
 */
final class CodeMessages {
  private static final Set<String> MODULES =
      Set.of("planner", "udf", "database", "datasets", "job", "spark", "launcher", "cli");
  // how messages begin that a method returns or collects, so that another method throws them
  private static final Pattern MESSAGE =
      Pattern.compile("(?s)(Cannot|Invalid|Unknown|Unexpected|Too many) .{14,}");
  private static final Pattern SENTENCE = Pattern.compile("(?s)[A-Za-z][a-z]* \\S+ \\S.{20,}");
  // what reports a defect of SeeQL, which the page does not describe, and the log
  private static final Pattern INTERNAL =
      Pattern.compile(
          "java/lang/(IllegalArgument|IllegalState|NullPointer|UnsupportedOperation)Exception"
              + "|java/lang/\\w*Error|java/io/UncheckedIOException"
              + "|java/util/concurrent/CancellationException|org/slf4j/Logger");
  private static final List<Path> SCRIPTS =
      List.of(Path.of("..", "seeql"), Path.of("..", "k8s", "images", "bin", "check-device"));
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}]*}|\\$\\w+");
  private static final char END = '\0';

  private final Set<String> messages = new TreeSet<>();
  private final Set<String> wholeTexts = new HashSet<>();
  private final StringBuilder read = new StringBuilder().append(END);
  private String texts = "";

  private CodeMessages() {}

  /** Reads the classes of all modules on the class path. */
  static CodeMessages read() throws IOException {
    CodeMessages code = new CodeMessages();
    ClassLoader loader = CodeMessages.class.getClassLoader();
    for (String module : MODULES) {
      for (var root : Collections.list(loader.getResources("org/seeql/" + module))) {
        URI uri = URI.create(root.toString());
        if (uri.getScheme().equals("jar")) {
          try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
            code.readClasses(jar.getPath("org", "seeql", module));
          }
        } else if (!uri.getPath().contains("/test-classes/")) {
          code.readClasses(Path.of(uri));
        }
      }
    }
    for (Path script : SCRIPTS) {
      code.readScript(script);
    }
    code.texts = code.read.toString();
    return code;
  }

  /**
   * The messages to users. A control character or a conversion such as {@code %s} is a part that
   * varies.
   */
  Set<String> messages() {
    return Collections.unmodifiableSet(messages);
  }

  /** Whether each constant part of a message is a text of the code, or consists of such texts. */
  boolean canPrint(String message) {
    return MessageParts.of(message).stream().allMatch(this::isPrintable);
  }

  private boolean isPrintable(String part) {
    if (texts.contains(part)) {
      return true;
    }
    // the end of one text, whole texts, the beginning of another one
    boolean[] reachable = new boolean[part.length() + 1];
    for (int end = 1; end <= part.length(); end++) {
      reachable[end] = texts.contains(part.substring(0, end) + END);
      for (int start = 1; start < end && !reachable[end]; start++) {
        reachable[end] = reachable[start] && wholeTexts.contains(part.substring(start, end));
      }
    }
    for (int start = 1; start < part.length(); start++) {
      if (reachable[start] && texts.contains(END + part.substring(start))) {
        return true;
      }
    }
    return reachable[part.length()];
  }

  private void readClasses(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> classes = files.filter(file -> file.toString().endsWith(".class")).toList();
      for (Path file : classes) {
        try (InputStream in = Files.newInputStream(file)) {
          new ClassReader(in).accept(new Texts(), ClassReader.SKIP_DEBUG);
        }
      }
    }
  }

  private void readScript(Path script) throws IOException {
    for (String text : Files.readString(script).split("[\"'\n]", -1)) {
      String constant = VARIABLE.matcher(text).replaceAll("\u0001");
      add(constant);
      if (MESSAGE.matcher(constant).matches()) {
        messages.add(constant);
      }
    }
  }

  private void add(Object value) {
    if (value instanceof String text) {
      for (String part : MessageParts.of(text.replace("%%", "%"))) {
        read.append(part).append(END);
        wholeTexts.add(part);
      }
    }
  }

  private final class Texts extends ClassVisitor {
    Texts() {
      super(Opcodes.ASM9);
    }

    @Override
    public FieldVisitor visitField(
        int access, String name, String type, String signature, Object value) {
      add(value);
      return null;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String type, String signature, String[] exceptions) {
      return new Uses();
    }
  }

  /** Collects the texts of a method until the call that uses them: an exception or a log line. */
  private final class Uses extends MethodVisitor {
    private final Set<String> pending = new TreeSet<>();

    Uses() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visitLdcInsn(Object value) {
      text(value);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String type, Handle bootstrap, Object... arguments) {
      for (Object argument : arguments) {
        text(argument);
      }
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String type, boolean isInterface) {
      boolean throwable = name.equals("<init>") && owner.matches(".*(Exception|Error)");
      if (INTERNAL.matcher(owner).matches()) {
        pending.clear();
      } else if (throwable) {
        messages.addAll(pending);
        pending.clear();
      }
    }

    @Override
    public void visitEnd() {
      pending.stream().filter(text -> MESSAGE.matcher(text).matches()).forEach(messages::add);
    }

    private void text(Object value) {
      add(value);
      if (value instanceof String text
          && (MESSAGE.matcher(text).matches() || SENTENCE.matcher(text).matches())) {
        pending.add(text.replace("%%", "%"));
      }
    }
  }
}
