package io.versor.format.pack;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** File names of packs: by the UTC day in their id, so that no directory grows without end. */
final class PackNames {
  static final String PREFIX = "pack/";

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuuMMdd").withZone(ZoneOffset.UTC);

  /** The end of the year 9999: an id may claim a later time, but days have eight digits. */
  private static final long LAST_MILLIS = 253_402_300_799_999L;

  private PackNames() {}

  static String of(PackId pack) {
    long millis = Math.min(pack.createdMillis(), LAST_MILLIS);
    String day = DAY.format(Instant.ofEpochMilli(millis));
    return PREFIX + day + "/" + pack.text() + ".pack";
  }
}
