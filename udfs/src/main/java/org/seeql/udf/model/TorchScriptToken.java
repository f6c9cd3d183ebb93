package org.seeql.udf.model;

import static java.util.Objects.requireNonNull;

/**
 * A token of serialized TorchScript code.
 *
 * @param text a name or an operator as it is written; a string without its quotes
 */
record TorchScriptToken(Kind kind, String text) {
  /** What the check of operators needs to tell apart. */
  enum Kind {
    NAME,
    STRING,
    /** A string with a backslash, whose value is not worked out here. */
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
