package io.versor.engine.function;

import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Time zones by their names in the IANA data base, in whatever case. */
final class TimeZoneNames {
  private static final Map<String, String> NAMES =
      ZoneId.getAvailableZoneIds().stream()
          .collect(Collectors.toUnmodifiableMap(TimeZoneNames::key, name -> name, (a, b) -> a));

  private TimeZoneNames() {}

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  static ZoneRules rules(String zone) {
    String name = NAMES.get(key(zone));
    if (name == null) {
      throw new FunctionException(
          FunctionException.INVALID_VALUE,
          "the time zone '"
              + zone
              + "'; expected a name like 'Europe/Berlin' or 'UTC'"
              + (zone.matches("\\s*[+-].*")
                  ? ", for a sign means one thing in SQL and the opposite in POSIX; add or subtract"
                      + " an INTERVAL"
                  : ""));
    }
    return ZoneId.of(name).getRules();
  }
}
