package io.versor.engine.copy;

import io.versor.engine.StatementException;
import io.versor.format.ref.NearNames;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The options of one COPY. Whoever knows one takes it; what nobody took is an error. */
public final class CopyOptions {
  /**
   * One option.
   *
   * @param values texts, numbers, or words as texts; none for an option that stands alone
   * @param line of the statement, from 1
   * @param column of the line, from 1
   */
  public record Option(String name, List<Object> values, int line, int column) {}

  private final Map<String, Option> options = new LinkedHashMap<>();
  private final Set<String> known = new TreeSet<>();
  private final Set<String> taken = new HashSet<>();

  /**
   * @throws StatementException 42601 for one that is given twice
   */
  public CopyOptions(List<Option> given) throws StatementException {
    for (Option option : given) {
      String name = option.name().toLowerCase(Locale.ROOT);
      if (options.put(name, option) != null) {
        throw error("42601", option, "option " + option.name() + " is given twice");
      }
    }
  }

  private @Nullable Option take(String name) {
    known.add(name);
    taken.add(name);
    return options.get(name);
  }

  private static StatementException error(String state, Option option, String message) {
    return new StatementException(state, message, option.line(), option.column());
  }

  /** All values of an option; empty if it is not given. */
  public List<String> texts(String name) {
    Option option = take(name);
    return option == null ? List.of() : option.values().stream().map(CopyOptions::text).toList();
  }

  private static String text(Object value) {
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  /** One value. */
  public Optional<String> text(String name) throws StatementException {
    Option option = take(name);
    if (option == null) {
      return Optional.empty();
    }
    if (option.values().size() != 1) {
      throw error(
          "42601", option, "option " + name + " takes one value, found " + option.values().size());
    }
    return Optional.of(text(option.values().get(0)));
  }

  /** TRUE or FALSE; TRUE if it stands alone, empty if it is not given. */
  public Optional<Boolean> flag(String name) throws StatementException {
    Option option = take(name);
    if (option == null) {
      return Optional.empty();
    }
    if (option.values().isEmpty()) {
      return Optional.of(true);
    }
    String word = text(option.values().get(0)).toLowerCase(Locale.ROOT);
    return switch (word) {
      case "true", "on", "1" -> Optional.of(true);
      case "false", "off", "0" -> Optional.of(false);
      default ->
          throw error("22023", option, "option " + name + " is TRUE or FALSE, found " + word);
    };
  }

  /** One of the words, in lower case. */
  public Optional<String> word(String name, List<String> words) throws StatementException {
    Optional<String> word = text(name).map(text -> text.toLowerCase(Locale.ROOT));
    if (word.isPresent() && !words.contains(word.get())) {
      throw refused(name, "is one of " + String.join(", ", words) + "; found '" + word.get() + "'");
    }
    return word;
  }

  /** A whole number of at least 0. */
  public Optional<Long> number(String name) throws StatementException {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      long number = new BigDecimal(text.get()).longValueExact();
      if (number >= 0) {
        return Optional.of(number);
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // said below
    }
    throw refused(name, "is a whole number of at least 0, found '" + text.get() + "'");
  }

  /** One character of ASCII; {@code \t} is a tab. */
  public Optional<Character> character(String name) throws StatementException {
    Optional<String> text = text(name).map(given -> given.equals("\\t") ? "\t" : given);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String given = text.get();
    if (given.length() != 1 || given.charAt(0) > 0x7e || "\r\n\0".indexOf(given.charAt(0)) >= 0) {
      throw refused(name, "is one character of ASCII, found '" + given + "'");
    }
    return Optional.of(given.charAt(0));
  }

  /** An error about the value of an option that is given. */
  public StatementException refused(String name, String why) {
    Option option = options.get(name);
    String message = "option " + name + " " + why;
    return option == null
        ? new StatementException("22023", message)
        : error("22023", option, message);
  }

  /**
   * To be called when everybody took theirs.
   *
   * @param where for the message: {@code FORMAT csv}
   * @throws StatementException 42601 for an option that is left
   */
  public void refuseOthers(String where) throws StatementException {
    for (Option option : options.values()) {
      String name = option.name().toLowerCase(Locale.ROOT);
      if (!taken.contains(name)) {
        String question = NearNames.question(name, known);
        throw error(
            "42601",
            option,
            where
                + " has no option "
                + option.name()
                + question
                + (question.isEmpty() ? "; it has " : " It has ")
                + String.join(", ", known));
      }
    }
  }
}
