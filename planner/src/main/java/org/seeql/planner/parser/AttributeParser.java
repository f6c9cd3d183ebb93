package org.seeql.planner.parser;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seeql.planner.parser.Token.Kind;
import org.seeql.planner.statement.AttributeValue;
import org.seeql.planner.statement.AttributeValue.BooleanValue;
import org.seeql.planner.statement.AttributeValue.ExpressionValue;
import org.seeql.planner.statement.AttributeValue.ListValue;
import org.seeql.planner.statement.AttributeValue.NumberValue;
import org.seeql.planner.statement.AttributeValue.StringValue;
import org.seeql.planner.statement.Attributes;

/** Parses {@code key = value, …}. */
final class AttributeParser {
  private static final int DEEPEST = 200;

  // exceeds the range of a double; 1e999999999 in plain notation would exhaust the memory
  private static final int LONGEST_SCALE = 400;

  private final TokenCursor cursor;
  private final ExpressionParser expressions;

  AttributeParser(TokenCursor cursor) {
    this.cursor = cursor;
    this.expressions = new ExpressionParser(cursor);
  }

  Attributes parse() {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    do {
      if (ClauseWords.isInPlaceOfAttribute(cursor)) {
        throw cursor.unexpected(List.of("an attribute"));
      }
      Token keyToken = cursor.peek();
      String key = new NameParser(cursor).dottedName("an attribute");
      if (values.containsKey(key)) {
        throw cursor.error(keyToken, "Attribute " + key + " is given twice", List.of());
      }
      cursor.expectMark('=');
      values.put(key, value(0));
    } while (cursor.acceptMark(','));
    return new Attributes(values);
  }

  private AttributeValue value(int depth) {
    Token first = cursor.peek();
    if (cursor.isMark('[')) {
      return list(depth);
    }
    if (isPercentage()) {
      Token number = cursor.next();
      cursor.expectMark('%');
      return new StringValue(cursor.source().text(number) + "%");
    }
    String text = expressions.parse("a value");
    return valueOf(text, first, cursor.previous());
  }

  /** {@code 5%} at the end of a value. {@code 5 % 3} and {@code 5%3} are expressions. */
  private boolean isPercentage() {
    if (!cursor.peek().is(Kind.NUMBER)
        || !cursor.isMark(1, '%')
        || !cursor.peek().touches(cursor.peek(1))) {
      return false;
    }
    Token next = cursor.peek(2);
    return next.is(Kind.END)
        || cursor.isMark(2, ',')
        || cursor.isMark(2, ')')
        || cursor.isMark(2, ']')
        || ClauseWords.isAny(cursor, 2);
  }

  private ListValue list(int depth) {
    if (depth == DEEPEST) {
      throw cursor.error(
          cursor.peek(), "Lists are nested deeper than " + DEEPEST + " levels", List.of());
    }
    cursor.expectMark('[');
    List<AttributeValue> values = new ArrayList<>();
    if (!cursor.isMark(']')) {
      do {
        values.add(value(depth + 1));
      } while (cursor.acceptMark(','));
    }
    if (!cursor.acceptMark(']')) {
      throw cursor.unexpected(List.of("','", "']'"));
    }
    return new ListValue(values);
  }

  private AttributeValue valueOf(String text, Token first, Token last) {
    boolean single = first.equals(last);
    if (single && StringLiteral.isText(cursor.source(), first)) {
      return new StringValue(StringLiteral.decode(cursor.source(), first));
    }
    if (isNumber(first, last)) {
      return number(text);
    }
    if (single
        && (cursor.source().isWord(first, "TRUE") || cursor.source().isWord(first, "FALSE"))) {
      return new BooleanValue(cursor.source().isWord(first, "TRUE"));
    }
    return expressions.wasBareWord() ? new StringValue(text) : new ExpressionValue(text);
  }

  private static AttributeValue number(String text) {
    try {
      BigDecimal number = new BigDecimal(text.replaceAll("\\s", ""));
      if (Math.abs((long) number.scale()) <= LONGEST_SCALE) {
        return new NumberValue(number);
      }
    } catch (NumberFormatException e) {
      // an exponent beyond the range of BigDecimal
    }
    return new ExpressionValue(text);
  }

  private boolean isNumber(Token first, Token last) {
    boolean signed = cursor.source().isMark(first, '-') || cursor.source().isMark(first, '+');
    return last.is(Kind.NUMBER) && (first.equals(last) || (signed && expressions.tokens() == 2));
  }
}
