package io.versor.format.pack;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** File names of packs: by the UTC day in their id, so that no directory grows without end. */
final class PackNames {
  static final String PREFIX = "pack/";

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuuMMdd").withZone(ZoneOffset.UTC);

  private PackNames() {}

  static String of(PackId pack) {
    String day = DAY.format(Instant.ofEpochMilli(pack.msb() >>> 16));
    return PREFIX + day + "/" + pack.text() + ".pack";
  }
}
