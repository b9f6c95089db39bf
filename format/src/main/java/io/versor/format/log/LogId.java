package io.versor.format.log;

import io.versor.format.io.ObjectStore;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Which log, of which store; gives its segment files their names.
 *
 * @param archive where it may lie if it has no file
 */
record LogId(UUID storeId, long branchId, LogArchive archive) {
  /** Where all logs are. */
  static final String ALL = "log/";

  /** Names are made for each append, and a format string takes longer than all else about them. */
  private static final HexFormat HEX = HexFormat.of();

  LogId {
    if (branchId < 0 || branchId > 0xffff_ffffL) {
      throw new IllegalArgumentException("branch id " + branchId + " does not fit 32 bits");
    }
  }

  /** The branch that a segment is of, if this is the name of one. */
  static OptionalLong branchOf(String name) {
    return name.matches("log/[0-9a-f]{8}/[0-7][0-9a-f]{15}\\.log")
        ? OptionalLong.of(HexFormat.fromHexDigitsToLong(name, ALL.length(), ALL.length() + 8))
        : OptionalLong.empty();
  }

  static String prefix(long branchId) {
    return ALL + HEX.toHexDigits(branchId, 8) + "/";
  }

  String segmentName(long firstFrame) {
    return segmentName(branchId, firstFrame);
  }

  static String segmentName(long branchId, long firstFrame) {
    return prefix(branchId) + HEX.toHexDigits(firstFrame) + ".log";
  }

  /** First frames of all segments, rising; also of those a crash left without a header. */
  List<Long> firstFrames(ObjectStore store) throws StoreException {
    List<Long> firsts = listFirstFrames(store, branchId);
    if (firsts.isEmpty() && archive.has(branchId)) { // asked behind the files, which go last
      firsts.add(0L);
    }
    return firsts;
  }

  /** The same of those that have files. */
  static List<Long> listFirstFrames(ObjectStore store, long branchId) throws StoreException {
    String prefix = prefix(branchId);
    List<Long> firsts = new ArrayList<>();
    for (String name : store.list(prefix)) {
      String file = name.substring(prefix.length());
      if (file.matches("[0-7][0-9a-f]{15}\\.log")) { // anything else was put there by somebody else
        firsts.add(Long.parseLong(file.substring(0, 16), 16));
      }
    }
    return firsts;
  }
}
