package io.versor.jdbc;

import io.versor.engine.Engine;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * A JDBC URL of Versor, taken apart: {@code jdbc:versor:[FORMAT:]PATH[?key=value&...]}.
 *
 * <p>The path and the values are percent-decoded. A key that nobody knows is refused, since a
 * misspelt {@code branch} would otherwise quietly work on another branch.
 *
 * @param format of a dataset that is not a store, in lower case: {@code deeplake}
 * @param path the store's directory, or the dataset
 * @param settings what was given, by key; absent keys take their defaults
 * @param user the {@code user} property, the author of commits unless {@code author} says otherwise
 */
record ConnectionUrl(
    Optional<String> format,
    String path,
    Map<ConnectionKey, String> settings,
    Optional<String> user) {
  static final String PREFIX = "jdbc:versor:";

  /** Longer than any path an operating system takes; an accident, not a URL. */
  private static final int MAX_URL_CHARS = 32_768;

  /** Properties that connection pools and tools hand to every driver. */
  private static final List<String> TOLERATED = List.of("user", "password", "ApplicationName");

  ConnectionUrl {
    settings = Map.copyOf(settings);
  }

  static boolean accepts(String url) {
    return url.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  static ConnectionUrl parse(String url, Properties properties) throws SQLException {
    if (url.length() > MAX_URL_CHARS) {
      throw invalid("the URL has " + url.length() + " characters, at most " + MAX_URL_CHARS);
    }
    if (!accepts(url)) {
      throw invalid("the URL \"" + url + "\" does not start with " + PREFIX);
    }
    String rest = url.substring(PREFIX.length());
    int question = rest.indexOf('?');
    String place = question < 0 ? rest : rest.substring(0, question);
    Optional<String> format = format(place);
    String path = decode(format.isEmpty() ? place : place.substring(format.get().length() + 1));
    if (path.isBlank()) {
      throw invalid(
          "the URL \"" + url + "\" names no store; expected " + PREFIX + "PATH[?key=value&...]");
    }
    Map<ConnectionKey, String> settings = new EnumMap<>(ConnectionKey.class);
    String user = null;
    for (String name : properties.stringPropertyNames()) {
      String value = properties.getProperty(name);
      if (name.equals("user")) {
        user = value;
      } else if (!TOLERATED.contains(name)) {
        put(settings, name, value, false);
      }
    }
    if (question >= 0) {
      // The URL is what a user sees and pastes, so it wins over the properties.
      Map<ConnectionKey, String> fromUrl = new EnumMap<>(ConnectionKey.class);
      for (String pair : rest.substring(question + 1).split("&")) {
        if (pair.isEmpty()) {
          continue;
        }
        int equals = pair.indexOf('=');
        if (equals < 0) {
          throw invalid("the setting \"" + pair + "\" has no value; expected key=value");
        }
        String name = decode(pair.substring(0, equals));
        String value = decode(pair.substring(equals + 1));
        if (name.equals("user")) {
          user = value;
        } else if (!TOLERATED.contains(name)) {
          put(fromUrl, name, value, true);
        }
      }
      settings.putAll(fromUrl);
    }
    ConnectionUrl parsed =
        new ConnectionUrl(
            format, path, settings, Optional.ofNullable(user).filter(name -> !name.isBlank()));
    parsed.checkCombination();
    return parsed;
  }

  /** A store's directory may have a colon in its name, so only known formats are ones. */
  private static Optional<String> format(String place) {
    int colon = place.indexOf(':');
    return colon > 0 && Engine.isForeign(place.substring(0, colon))
        ? Optional.of(place.substring(0, colon).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  private static void put(
      Map<ConnectionKey, String> settings, String name, String value, boolean onlyOnce)
      throws SQLException {
    ConnectionKey key = ConnectionKey.find(name).orElse(null);
    if (key == null) {
      throw invalid(
          "unknown setting \""
              + name
              + "\""
              + NearNames.suggestion(name, ConnectionKey.names())
              + "; known are "
              + String.join(", ", ConnectionKey.names()));
    }
    key.check(value);
    if (settings.put(key, value) != null && onlyOnce) {
      throw invalid("the setting \"" + name + "\" is given twice");
    }
  }

  private void checkCombination() throws SQLException {
    if (format.isPresent() && !flag(ConnectionKey.READ_ONLY, true)) {
      throw invalid(
          "a dataset of the format "
              + format.get()
              + " is read only; leave the setting readOnly out, or IMPORT it into a store");
    }
    List<ConnectionKey> versions =
        List.of(ConnectionKey.BRANCH, ConnectionKey.COMMIT, ConnectionKey.TAG).stream()
            .filter(settings::containsKey)
            .toList();
    if (versions.size() > 1) {
      throw invalid(
          "the settings "
              + String.join(" and ", versions.stream().map(ConnectionKey::text).toList())
              + " exclude each other: a connection reads one version");
    }
    if (settings.containsKey(ConnectionKey.AS_OF)
        && (settings.containsKey(ConnectionKey.COMMIT)
            || settings.containsKey(ConnectionKey.TAG))) {
      throw invalid("the setting asOf picks a commit of a branch; it excludes commit and tag");
    }
  }

  Optional<String> value(ConnectionKey key) {
    return Optional.ofNullable(settings.get(key));
  }

  boolean flag(ConnectionKey key, boolean unlessGiven) {
    return value(key).map(Boolean::parseBoolean).orElse(unlessGiven);
  }

  /** Whether nothing may be written. */
  boolean readOnly() {
    return format.isPresent() || flag(ConnectionKey.READ_ONLY, false);
  }

  /** The author of commits: the setting, else the user, else the account of the process. */
  String author() {
    return value(ConnectionKey.AUTHOR)
        .or(this::user)
        .orElseGet(() -> System.getProperty("user.name", "unknown"));
  }

  /** The URL as metadata shows it. */
  String display() {
    return PREFIX + format.map(name -> name + ":").orElse("") + path;
  }

  static SQLException invalid(String message) {
    return new SQLNonTransientConnectionException(message, SqlStates.CANNOT_CONNECT);
  }

  /** Percent-decoding as in RFC 3986; unlike in HTML forms, a plus sign is a plus sign. */
  private static String decode(String text) throws SQLException {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); ) {
      if (text.charAt(i) == '%') {
        int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw invalid(
              "\""
                  + text
                  + "\" has a percent sign at "
                  + i
                  + " without two hexadecimal digits after it; write a percent sign as %25");
        }
        bytes.write(high * 16 + low);
        i += 3;
      } else {
        int point = text.codePointAt(i);
        bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(point);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw invalid("\"" + text.toLowerCase(Locale.ROOT) + "\" is not percent-encoded UTF-8");
    }
  }
}
