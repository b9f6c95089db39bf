package io.versor.engine.plan;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/** Instants as users write them: in UTC unless they name an offset, or a zone after a space. */
public final class Instants {
  /** 2026-1-5 is as good as 2026-01-05. */
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-M-d", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

  private Instants() {}

  public static Optional<Instant> parse(String text) {
    String iso = text.strip().replaceFirst(" +", "T");
    if (iso.length() > 12 && iso.charAt(12) == ':' && iso.charAt(10) == 'T') {
      iso = iso.substring(0, 11) + "0" + iso.substring(11); // an hour of one digit
    }
    try {
      if (iso.length() <= 10) {
        return Optional.of(LocalDate.parse(iso, DAY).atStartOfDay().toInstant(ZoneOffset.UTC));
      }
      int zone = iso.lastIndexOf(' ');
      if (zone > 10) {
        ZoneId named = ZoneId.of(iso.substring(zone + 1));
        return Optional.of(
            LocalDateTime.parse(iso.substring(0, zone).strip()).atZone(named).toInstant());
      }
      if (iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10) {
        return Optional.of(OffsetDateTime.parse(iso).toInstant());
      }
      return Optional.of(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
