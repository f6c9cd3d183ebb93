package org.seeql.udf.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Checks the code of a TorchScript archive against an allow-list of operators. A name after a dot
 * is either an operator or a declaration of the archive itself. Any other name is refused, so that
 * unknown operators cannot be used.
 */
final class TorchScriptCode {
  private static final String REFUSED = "!";
  private static final Set<String> LINES = readOperators();

  private static final Set<String> OPERATOR_NAMES =
      LINES.stream()
          .filter(line -> !line.startsWith(REFUSED))
          .map(TorchScriptCode::simpleName)
          .collect(Collectors.toUnmodifiableSet());

  /** Refused even if the archive declares the same name. */
  private static final Set<String> NEVER =
      LINES.stream()
          .filter(line -> line.startsWith(REFUSED))
          .map(TorchScriptCode::simpleName)
          .collect(Collectors.toUnmodifiableSet());

  /** Functions of the language that send tensors to other processes. */
  private static final Set<String> REMOTE = Set.of("rpc_async", "rpc_sync", "rpc_remote");

  /** Namespaces of native classes that hold packed weights. */
  private static final Set<String> NATIVE_CLASSES =
      Set.of("quantized", "xnnpack", "mkldnn", "sparse", "rnn");

  /** {@code CONSTANTS.c0}. */
  private static final Pattern CONSTANT = Pattern.compile("c[0-9]+");

  private final List<List<TorchScriptToken>> files;
  private final Set<String> declared = new HashSet<>();

  private TorchScriptCode(List<List<TorchScriptToken>> files) {
    this.files = files;
  }

  /**
   * The first forbidden name in the code.
   *
   * @param paths of the code's files; they contain the module names
   * @param sources their text
   * @throws IllegalArgumentException if the code cannot be split into tokens
   */
  static Optional<String> findForbidden(Collection<String> paths, Collection<String> sources) {
    TorchScriptCode code =
        new TorchScriptCode(sources.stream().map(TorchScriptLexer::tokens).toList());
    for (String path : paths) {
      code.declared.addAll(List.of(path.replaceAll("\\.py$", "").split("/", -1)));
    }
    code.files.forEach(code::declare);
    return code.files.stream().flatMap(file -> code.findForbidden(file).stream()).findFirst();
  }

  /**
   * The first operator of torchvision in the code. They are harmless, but the included library does
   * not contain them.
   *
   * @param sources the text of the files
   */
  static Optional<String> findTorchvision(Collection<String> sources) {
    return sources.stream()
        .map(TorchScriptLexer::tokens)
        .flatMap(file -> findTorchvision(file).stream())
        .findFirst();
  }

  private static Optional<String> findTorchvision(List<TorchScriptToken> file) {
    return IntStream.range(0, file.size())
        .filter(i -> file.get(i).isName("ops"))
        .mapToObj(i -> operator(file, i))
        .filter(operator -> operator.startsWith("torchvision::") && LINES.contains(operator))
        .findFirst();
  }

  /** Whether native objects of that class are allowed: {@code torch.classes.NAMESPACE}. */
  static boolean isKnownClassNamespace(String namespace) {
    return NATIVE_CLASSES.contains(namespace);
  }

  private static String simpleName(String operator) {
    return operator.substring(operator.indexOf(':') + 2);
  }

  private static Set<String> readOperators() {
    try (InputStream in = TorchScriptCode.class.getResourceAsStream("torchscript-operators.txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the list of TorchScript's operators", e);
    }
  }

  /**
   * Records functions, classes, attributes, which are declared with their type, and enum values.
   */
  private void declare(List<TorchScriptToken> file) {
    for (int i = 0; i + 1 < file.size(); i++) {
      TorchScriptToken token = file.get(i);
      if (token.isName("def") || token.isName("class")) {
        declared.add(file.get(i + 1).text());
      } else if (token.isName()
          && (file.get(i + 1).isOperator(':') || file.get(i + 1).isOperator('='))) {
        declared.add(token.text());
      } else if (token.isName("__annotations__")
          && i + 2 < file.size()
          && file.get(i + 2).isString()) {
        declared.add(file.get(i + 2).text());
      }
    }
  }

  private Optional<String> findForbidden(List<TorchScriptToken> file) {
    for (int i = 0; i < file.size(); i++) {
      TorchScriptToken token = file.get(i);
      if (!token.isName()) {
        continue;
      }
      boolean afterDot = i > 1 && file.get(i - 1).isOperator('.');
      if (!afterDot && token.isName("ops")) {
        String operator = operator(file, i);
        if (!LINES.contains(operator)) {
          return Optional.of("the operator " + operator);
        }
        i += 4;
      } else if (afterDot && token.isName("classes") && file.get(i - 2).isName("torch")) {
        String namespace = name(file, i + 2);
        if (!isKnownClassNamespace(namespace)) {
          return Optional.of("the class torch.classes." + namespace);
        }
        i += 4;
      } else if (afterDot ? !isKnown(token.text()) : REMOTE.contains(token.text())) {
        return Optional.of("the operator " + token.text());
      } else if (token.isName("getattr")) {
        Optional<String> forbidden = findForbiddenAttribute(file, i + 1);
        if (forbidden.isPresent()) {
          return forbidden;
        }
      }
    }
    return Optional.empty();
  }

  private boolean isKnown(String name) {
    return !NEVER.contains(name)
        && (OPERATOR_NAMES.contains(name)
            || declared.contains(name)
            || name.equals("torch")
            || CONSTANT.matcher(name).matches());
  }

  /** {@code namespace::name} for {@code ops.namespace.name}. */
  private static String operator(List<TorchScriptToken> file, int ops) {
    return name(file, ops + 2) + "::" + name(file, ops + 4);
  }

  /** The name at an index, after a dot. */
  private static String name(List<TorchScriptToken> file, int index) {
    boolean isName =
        index < file.size() && file.get(index - 1).isOperator('.') && file.get(index).isName();
    return isName ? file.get(index).text() : "?";
  }

  /** {@code getattr(x, "name")} is equivalent to {@code x.name}. */
  private Optional<String> findForbiddenAttribute(List<TorchScriptToken> file, int open) {
    if (open >= file.size() || !file.get(open).isOperator('(')) {
      return Optional.of("getattr without a call");
    }
    int depth = 0;
    for (int i = open; i < file.size(); i++) {
      TorchScriptToken token = file.get(i);
      if (token.isOperator('(')) {
        depth++;
      } else if (token.isOperator(')') && --depth == 0) {
        return Optional.empty();
      } else if (token.isString() && depth == 1 && !isKnownAttribute(token)) {
        return Optional.of("the operator " + token.text());
      }
    }
    return Optional.empty();
  }

  private boolean isKnownAttribute(TorchScriptToken name) {
    return name.kind() == TorchScriptToken.Kind.STRING
        && (isKnown(name.text()) || name.text().matches("[0-9]+"));
  }
}
