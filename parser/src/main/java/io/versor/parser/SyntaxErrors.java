package io.versor.parser;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Says what is wrong with a text that the grammar does not take, at the very word. The generated
 * parser names the first word of those it looked ahead to, and lists whatever it might have taken.
 */
final class SyntaxErrors {
  /** More words than these help nobody. */
  private static final int MAX_EXPECTED = 12;

  /** More than the grammar ever looks ahead to. */
  private static final int MAX_TOKENS = 8;

  /** Longest part of the text in a message. */
  private static final int MAX_IMAGE = 40;

  private static final Pattern LEXICAL =
      Pattern.compile(
          "(?s)Lexical error at line (\\d+), column (\\d+)\\.\\s+Encountered: (<EOF>|\".*?\").*");

  private static final String EOF = "<EOF>";
  private static final String NAME = "a name";

  private SyntaxErrors() {}

  static SqlParseException of(SqlParseException e, String sql) {
    Matcher lexical = LEXICAL.matcher(String.valueOf(e.getMessage()));
    if (lexical.matches()) {
      return lexical(e, lexical, sql);
    }
    int[][] expected = e.getExpectedTokenSequences();
    if (expected == null || e.getPos() == null) {
      return e;
    }
    List<Token> tokens = tokens(sql, e.getPos());
    if (String.valueOf(e.getMessage()).startsWith("Encountered \"<EOF>")) {
      return at(e, e.getPos(), "the statement ends too early");
    }
    return tokens.size() < 2 ? e : unexpected(e, expected, tokens);
  }

  /** The word or sign at a place. */
  static String word(String sql, SqlParserPos place) {
    List<Token> tokens = tokens(sql, place);
    return tokens.size() < 2 ? "" : tokens.get(1).image;
  }

  /** The token before a place, and those from it on, as many as the parser may look ahead to. */
  private static List<Token> tokens(String sql, SqlParserPos place) {
    VersorSqlParserImpl lexer =
        (VersorSqlParserImpl) VersorSqlParserImpl.FACTORY.getParser(new StringReader(sql));
    lexer.setTabSize(1);
    lexer.switchTo(SqlAbstractParserImpl.LexicalState.DQID);
    List<Token> tokens = new ArrayList<>();
    try {
      Token before = lexer.getToken(0);
      Token token = lexer.getNextToken();
      while (token.kind != 0 && isBefore(token, place)) {
        before = token;
        token = lexer.getNextToken();
      }
      tokens.add(before);
      tokens.add(token);
      while (token.kind != 0 && tokens.size() < MAX_TOKENS) {
        token = lexer.getNextToken();
        tokens.add(token);
      }
    } catch (TokenMgrError e) {
      return tokens; // what is behind the wrong word is of no matter
    }
    return tokens;
  }

  private static boolean isBefore(Token token, SqlParserPos place) {
    return token.beginLine < place.getLineNum()
        || token.beginLine == place.getLineNum() && token.beginColumn < place.getColumnNum();
  }

  private static SqlParseException lexical(SqlParseException e, Matcher error, String sql) {
    int line = Integer.parseInt(error.group(1));
    int column = Integer.parseInt(error.group(2));
    int comment = sql.lastIndexOf("/*");
    if (error.group(3).equals(EOF) && comment >= 0 && sql.indexOf("*/", comment) < 0) {
      return at(
          e, place(sql, comment), "the comment that begins here has no end; close it with */");
    }
    String character =
        error.group(3).equals(EOF)
            ? sql.strip().substring(sql.strip().length() - 1)
            : error.group(3);
    return at(e, new SqlParserPos(line, column), "unexpected character " + character);
  }

  private static SqlParserPos place(String sql, int offset) {
    String before = sql.substring(0, offset);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new SqlParserPos(line, offset - before.lastIndexOf('\n'));
  }

  private static SqlParseException unexpected(
      SqlParseException e, int[][] expected, List<Token> tokens) {
    int matched = 0;
    for (int[] sequence : expected) {
      matched = Math.max(matched, matched(sequence, tokens));
    }
    matched = Math.min(matched, tokens.size() - 2);
    Token wrong = tokens.get(matched + 1);
    Set<String> words = new TreeSet<>();
    for (int[] sequence : expected) {
      if (sequence.length > matched && matched(sequence, tokens) == matched) {
        words.add(word(e.getTokenImages()[sequence[matched]]));
      }
    }
    SqlParserPos place = new SqlParserPos(wrong.beginLine, wrong.beginColumn);
    return at(e, place, message(tokens.get(matched), wrong, words));
  }

  /** What a token is called in messages. */
  private static String word(String image) {
    String plain = image.replace("\"", "");
    if (plain.endsWith("IDENTIFIER>")) {
      return NAME;
    }
    if (plain.endsWith("LITERAL>")) {
      return "a number";
    }
    return plain.equals(EOF) ? "the end" : plain.equals("<QUOTED_STRING>") ? "a text" : plain;
  }

  /** How many of the tokens begin a sequence; none of one that was taken, and given up later. */
  private static int matched(int[] sequence, List<Token> tokens) {
    int length = 0;
    while (length < sequence.length
        && length + 1 < tokens.size()
        && tokens.get(length + 1).kind == sequence[length]) {
      length++;
    }
    return length == sequence.length ? 0 : length;
  }

  private static String message(Token before, Token wrong, Set<String> expected) {
    String image = shown(wrong.image);
    if (wrong.image.equals("'") || wrong.image.equals("\"")) {
      String what = wrong.image.equals("'") ? "text" : "name";
      return "the " + what + " that begins here has no end; a closing " + image + " is missing";
    }
    if (wrong.kind == VersorSqlParserImplConstants.DOLLAR_QUOTED_STRING) {
      String sign = wrong.image.substring(0, wrong.image.indexOf('$', 1) + 1);
      return "the text that begins here has no end; a closing " + sign + " is missing";
    }
    if (wrong.kind == VersorSqlParserImplConstants.NUMBER_WITH_LETTERS) {
      return "unexpected \""
          + image
          + "\": a space is missing behind the number; a name that begins with a digit is written"
          + " in double quotes";
    }
    String upper = wrong.image.toUpperCase(Locale.ROOT);
    if (expected.contains(NAME) && isReserved(upper)) {
      return "unexpected \""
          + image
          + "\": it is a reserved word, and as a name is written in double"
          + " quotes";
    }
    String what = wrong.kind == 0 ? "the statement ends too early" : "unexpected \"" + image + "\"";
    String meant = meant(before, wrong, expected);
    return what + (meant.isEmpty() ? listed(expected) : meant);
  }

  private static String shown(String image) {
    return image.length() <= MAX_IMAGE ? image : image.substring(0, MAX_IMAGE) + "…";
  }

  private static boolean isReserved(String word) {
    SqlAbstractParserImpl.Metadata words =
        SqlParser.create("", VersorParser.config()).getMetadata();
    return words.isKeyword(word) && words.isReservedWord(word);
  }

  /** The wrong word may be a keyword misspelt, or the word before it, taken for a name. */
  private static String meant(Token before, Token wrong, Set<String> expected) {
    for (Token token : List.of(wrong, before)) {
      if (token.image == null) {
        continue; // before the first one
      }
      for (String word : expected) {
        boolean near =
            word.length() >= 3
                && word.matches("[A-Z_]+")
                && distance(word, token.image.toUpperCase(Locale.ROOT))
                    <= (word.length() > 4 ? 2 : 1);
        if (near && !word.equalsIgnoreCase(token.image)) {
          return "; did you mean "
              + word
              + (token == wrong ? "?" : " instead of " + shown(token.image) + "?");
        }
      }
    }
    return "";
  }

  private static String listed(Set<String> expected) {
    if (expected.isEmpty() || expected.size() > MAX_EXPECTED) {
      return "";
    }
    return "; expected "
        + String.join(" or ", expected.stream().filter(SyntaxErrors::isWritten).toList());
  }

  /** Whether it is a word or sign that somebody writes, not a token's name. */
  private static boolean isWritten(String word) {
    return !word.startsWith("\\") && !word.startsWith("<BIG_QUERY");
  }

  /** Edits between two words; two neighbours that changed places are one. */
  private static int distance(String left, String right) {
    if (Math.abs(left.length() - right.length()) > 2) {
      return Integer.MAX_VALUE;
    }
    int[][] edits = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        edits[i][j] =
            Math.min(Math.min(edits[i - 1][j], edits[i][j - 1]) + 1, edits[i - 1][j - 1] + change);
        boolean swapped =
            i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        if (swapped) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[left.length()][right.length()];
  }

  private static SqlParseException at(SqlParseException e, SqlParserPos place, String message) {
    return new SqlParseException(message, place, null, null, e);
  }
}
