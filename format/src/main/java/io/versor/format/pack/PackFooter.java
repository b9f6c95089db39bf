package io.versor.format.pack;

import io.versor.format.io.ObjectReader;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The table of a pack's objects and the checksums of its pages, at the end of the file.
 *
 * @param dataBytes length of all that is before the footer
 * @param offsets where each object is
 * @param lengths how long each object is
 * @param kinds what each object is
 * @param pageBytes what one checksum is for; the last page may be shorter
 * @param crcsAt where in the file the checksums of the pages are, an int each. They are read when
 *     they are needed: a thousandth of the store would be much for the heap
 * @param moved packs whose objects were moved here
 */
record PackFooter(
    long dataBytes,
    long[] offsets,
    int[] lengths,
    ObjectKind[] kinds,
    int pageBytes,
    long crcsAt,
    List<MovedPack> moved) {
  /** What is written: the system's own page, so that a point read brings in nothing else. */
  static final int PAGE_BYTES = 4 * 1024;

  /** What was written before. */
  static final int OLD_PAGE_BYTES = 64 * 1024;

  /** Objects are aligned so that what is in them can be read by machine words and vectors. */
  static final int ALIGNMENT = 64;

  static final int HEAD_BYTES = 32;
  static final int ENTRY_BYTES = 16;
  static final int TRAILER_BYTES = 24;
  static final int MOVED_BYTES = 24;

  /** More than a root can name. */
  static final int MAX_MOVED = 10_000;

  private static final int MAGIC = 0x4650_5356; // "VSPF" read as little-endian
  private static final int TRAILER_MAGIC = 0x4550_5356; // "VSPE"
  private static final int TRAILER_FOOTER_CRC_AT = 12;
  private static final int TRAILER_CRC_AT = 16;

  /**
   * Footer and trailer as bytes.
   *
   * @param count how many of the offsets, lengths and kinds are objects
   * @param pageCrcs CRC32C of each {@link #PAGE_BYTES} before the footer
   */
  static byte[] encode(
      long dataBytes,
      int count,
      long[] offsets,
      int[] lengths,
      ObjectKind[] kinds,
      int[] pageCrcs,
      List<MovedPack> moved) {
    int footerBytes = footerBytes(count, pageCrcs.length, moved.size());
    ByteBuffer out =
        ByteBuffer.allocate(footerBytes + TRAILER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(MAGIC).putInt(count).putInt(PAGE_BYTES).putInt(pageCrcs.length);
    out.putLong(dataBytes).putInt(moved.size()).putInt(0);
    for (int i = 0; i < count; i++) {
      out.putLong(offsets[i]).putInt(lengths[i]).putInt(kinds[i].code());
    }
    for (int crc : pageCrcs) {
      out.putInt(crc);
    }
    for (MovedPack each : moved) {
      out.order(ByteOrder.BIG_ENDIAN); // ids are bytes, not numbers
      out.putLong(each.pack().msb()).putLong(each.pack().lsb());
      out.order(ByteOrder.LITTLE_ENDIAN).putInt(each.first()).putInt(each.count());
    }
    out.position(footerBytes);
    out.putLong(dataBytes).putInt(footerBytes).putInt(crc(out.array(), 0, footerBytes));
    out.putInt(crc(out.array(), footerBytes, TRAILER_CRC_AT)).putInt(TRAILER_MAGIC);
    return out.array();
  }

  static PackFooter read(ObjectReader file) throws StoreException {
    String display = file.display();
    long trailerAt = file.length() - TRAILER_BYTES;
    if (trailerAt < PackHeader.BYTES + HEAD_BYTES || file.length() > PackWriter.LARGEST_FILE) {
      throw new StoreException(
          Code.CORRUPT,
          display
              + ": has "
              + file.length()
              + " bytes, expected "
              + (PackHeader.BYTES + HEAD_BYTES + TRAILER_BYTES)
              + " to "
              + PackWriter.LARGEST_FILE);
    }
    byte[] trailer = new byte[TRAILER_BYTES];
    file.readFully(trailerAt, trailer, 0, TRAILER_BYTES);
    ByteBuffer in = ByteBuffer.wrap(trailer).order(ByteOrder.LITTLE_ENDIAN);
    long footerAt = in.getLong();
    int footerBytes = in.getInt();
    int footerCrc = in.getInt();
    int trailerCrc = in.getInt();
    if (in.getInt() != TRAILER_MAGIC || trailerCrc != crc(trailer, 0, TRAILER_CRC_AT)) {
      throw new StoreException(
          Code.CORRUPT, display + ": does not end as a pack does; was it cut or written over?");
    }
    if (footerAt < PackHeader.BYTES
        || footerBytes < HEAD_BYTES
        || footerBytes > footerBytes(PackWriter.MAX_OBJECTS, PackWriter.MAX_PAGES, MAX_MOVED)
        || footerAt + footerBytes != trailerAt) {
      throw new StoreException(
          Code.CORRUPT,
          display
              + ": footer of "
              + footerBytes
              + " bytes at "
              + footerAt
              + ", expected it to end at "
              + trailerAt);
    }
    byte[] footer = new byte[footerBytes];
    file.readFully(footerAt, footer, 0, footerBytes);
    int crc = crc(footer, 0, footerBytes);
    if (crc != footerCrc) {
      throw new StoreException(
          Code.CORRUPT,
          String.format("%s: footer checksum %08x, expected %08x", display, crc, footerCrc));
    }
    return decode(footer, footerAt, display);
  }

  private static PackFooter decode(byte[] footer, long footerAt, String display)
      throws StoreException {
    ByteBuffer in = ByteBuffer.wrap(footer).order(ByteOrder.LITTLE_ENDIAN);
    int magic = in.getInt();
    int count = in.getInt();
    int pageBytes = in.getInt();
    int pages = in.getInt();
    long dataBytes = in.getLong();
    int movedCount = in.getInt();
    int reserved = in.getInt();
    if (reserved != 0) {
      throw new StoreException(
          Code.VERSION_TOO_NEW,
          display + ": its footer has parts this release does not know; use a newer one");
    }
    boolean sane =
        magic == MAGIC
            && count >= 0
            && count <= PackWriter.MAX_OBJECTS
            && (pageBytes == PAGE_BYTES || pageBytes == OLD_PAGE_BYTES)
            && dataBytes == footerAt
            && pages == pages(dataBytes, pageBytes)
            && movedCount >= 0
            && movedCount <= MAX_MOVED
            && footer.length == footerBytes(count, pages, movedCount);
    if (!sane) {
      throw new StoreException(
          Code.CORRUPT,
          display
              + ": footer lists "
              + count
              + " objects and "
              + pages
              + " pages of "
              + pageBytes
              + " bytes in "
              + footer.length
              + " bytes, which does not fit");
    }
    long[] offsets = new long[count];
    int[] lengths = new int[count];
    ObjectKind[] kinds = new ObjectKind[count];
    long end = PackHeader.BYTES;
    for (int i = 0; i < count; i++) {
      offsets[i] = in.getLong();
      lengths[i] = in.getInt();
      kinds[i] = ObjectKind.fromCode(in.getInt(), display);
      if (offsets[i] < end
          || offsets[i] % ALIGNMENT != 0
          || lengths[i] < 0
          || lengths[i] > PackWriter.MAX_OBJECT_BYTES
          || offsets[i] > dataBytes - lengths[i]) {
        throw new StoreException(
            Code.CORRUPT,
            display
                + ": object "
                + i
                + " has "
                + lengths[i]
                + " bytes at "
                + offsets[i]
                + ", expected between "
                + end
                + " and "
                + dataBytes);
      }
      end = offsets[i] + lengths[i];
    }
    long crcsAt = footerAt + HEAD_BYTES + (long) count * ENTRY_BYTES;
    in.position((int) (crcsAt - footerAt) + pages * Integer.BYTES);
    return new PackFooter(
        dataBytes,
        offsets,
        lengths,
        kinds,
        pageBytes,
        crcsAt,
        moved(in, movedCount, count, display));
  }

  private static List<MovedPack> moved(ByteBuffer in, int movedCount, int objects, String display)
      throws StoreException {
    List<MovedPack> moved = new ArrayList<>();
    for (int i = 0; i < movedCount; i++) {
      in.order(ByteOrder.BIG_ENDIAN);
      PackId pack = new PackId(in.getLong(), in.getLong());
      in.order(ByteOrder.LITTLE_ENDIAN);
      int first = in.getInt();
      int count = in.getInt();
      if (first < 0 || count < 0 || count > objects - first) {
        throw new StoreException(
            Code.CORRUPT,
            display
                + ": has objects "
                + first
                + " to "
                + ((long) first + count - 1)
                + " of pack "
                + pack
                + ", expected at most "
                + objects);
      }
      moved.add(new MovedPack(pack, first, count));
    }
    return List.copyOf(moved);
  }

  static int pages(long dataBytes, int pageBytes) {
    return (int) ((dataBytes + pageBytes - 1) / pageBytes);
  }

  private static int footerBytes(int objects, int pages, int moved) {
    int bytes = HEAD_BYTES + objects * ENTRY_BYTES + pages * Integer.BYTES + moved * MOVED_BYTES;
    return (bytes + 7) & -8;
  }

  /**
   * Changes the checksum of one page, and those of footer and trailer with it.
   *
   * @param end footer and trailer
   * @param at where the checksum is in them
   * @param difference what to combine it with
   */
  static void changeCrc(byte[] end, int at, int difference) {
    int footerBytes = end.length - TRAILER_BYTES;
    ByteBuffer out = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(at, out.getInt(at) ^ difference);
    out.putInt(footerBytes + TRAILER_FOOTER_CRC_AT, crc(end, 0, footerBytes));
    out.putInt(footerBytes + TRAILER_CRC_AT, crc(end, footerBytes, TRAILER_CRC_AT));
  }

  static int crc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
