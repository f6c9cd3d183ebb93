package org.seeql.udf.model;

import static java.util.Objects.requireNonNull;

/**
 * A token of serialized TorchScript code.
 *
 * @param text a name or an operator as written; a string without its quotes
 */
record TorchScriptToken(Kind kind, String text) {
  /** The kinds that the operator check distinguishes. */
  enum Kind {
    NAME,
    STRING,
    /** A string with a backslash, which is not decoded. */
    ESCAPED_STRING,
    NUMBER,
    OPERATOR
  }

  TorchScriptToken {
    requireNonNull(kind, "kind is null");
    requireNonNull(text, "text is null");
  }

  boolean isName() {
    return kind == Kind.NAME;
  }

  boolean isName(String name) {
    return isName() && text.equals(name);
  }

  boolean isOperator(char operator) {
    return kind == Kind.OPERATOR && text.charAt(0) == operator;
  }

  boolean isString() {
    return kind == Kind.STRING || kind == Kind.ESCAPED_STRING;
  }
}
