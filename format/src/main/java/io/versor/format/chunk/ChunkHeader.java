package io.versor.format.chunk;

import com.github.luben.zstd.Zstd;
import io.versor.format.type.Layout;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * The head of a chunk, checked against its length and its type: every size that a reader allocates
 * or touches is known to be right before it does.
 */
final class ChunkHeader {
  /** The longest. */
  static final int MAX_BYTES =
      ChunkFormat.HEADER_BYTES + ChunkFormat.ROLES * ChunkFormat.BUFFER_HEADER_BYTES;

  /** Where a zstd frame says how long its content is. */
  static final int ZSTD_HEAD_BYTES = 18;

  private static final int WORD_BITS = 64;

  private final TensorType type;
  private final String display;
  private final int length;
  private final int rows;
  private final int nulls;
  private final @Nullable Stored[] buffers = new Stored[ChunkFormat.ROLES];

  private ChunkHeader(TensorType type, String display, int length, int rows, int nulls) {
    this.type = type;
    this.display = display;
    this.length = length;
    this.rows = rows;
    this.nulls = nulls;
  }

  /**
   * @param bytes at least the first {@link #MAX_BYTES} of the chunk, or all of it
   * @param start of the chunk in {@code bytes}
   * @param length of the whole chunk
   */
  static ChunkHeader parse(byte[] bytes, int start, int length, TensorType type, String display)
      throws StoreException {
    if (length < ChunkFormat.PLAIN_HEADER_BYTES) {
      throw corrupt(display, "a chunk of " + length + " bytes, expected at least 12");
    }
    int version = bytes[start] & 0xFF;
    int form = bytes[start + 1] & 0xFF;
    if (version == 0 || form == 0) {
      throw corrupt(display, "chunk version " + version + ", form " + form);
    }
    if (version > ChunkFormat.VERSION || form > ChunkFormat.ENCODED) {
      throw new StoreException(
          Code.VERSION_TOO_NEW,
          display
              + ": chunk version "
              + version
              + ", form "
              + form
              + "; this version reads up to version 1, form 2; use a newer Versor");
    }
    return form == ChunkFormat.PLAIN
        ? parsePlain(bytes, start, length, type, display)
        : parseEncoded(bytes, start, length, type, display);
  }

  private static ChunkHeader parsePlain(
      byte[] bytes, int start, int length, TensorType type, String display) throws StoreException {
    int flags = bytes[start + 2] & 0xFF;
    int rows = Bytes.getInt(bytes, start + 4);
    if ((flags & ~(ChunkFormat.VARIABLE_FLAG | ChunkFormat.VALIDITY_FLAG)) != 0
        || bytes[start + 3] != 0) {
      throw corrupt(display, "flags " + flags + ", " + bytes[start + 3] + " of a plain chunk");
    }
    checkKind(flags, rows, Bytes.getInt(bytes, start + 8), type, display);
    boolean withNulls = (flags & ChunkFormat.VALIDITY_FLAG) != 0;
    // How many are NULL is counted when the bitmap is read.
    ChunkHeader header = new ChunkHeader(type, display, length, rows, withNulls ? -1 : 0);
    long at = ChunkFormat.PLAIN_HEADER_BYTES;
    if (withNulls) {
      at = header.addPlain(ChunkFormat.VALIDITY, ChunkFormat.RAW, at, Bitmaps.bytes(rows));
    }
    if (type.layout() == Layout.FIXED) {
      at = header.addPlain(ChunkFormat.DATA, ChunkFormat.RAW, at, (long) rows * type.width());
    } else {
      at = header.addPlain(ChunkFormat.OFFSETS, ChunkFormat.ENDS, at, 4L * rows);
      if (type.storedRank() > 0) {
        long shapeBytes = 4L * rows * type.storedRank();
        at = header.addPlain(ChunkFormat.SHAPES, ChunkFormat.RAW, at, shapeBytes);
      }
      at = header.addPlain(ChunkFormat.DATA, ChunkFormat.RAW, at, Math.max(0, length - at));
    }
    if (at != length) {
      throw corrupt(display, length + " bytes, expected " + at);
    }
    return header;
  }

  private long addPlain(int role, int encoding, long at, long bytes) throws StoreException {
    if (at + bytes > length || bytes > Limits.MAX_BUFFER_BYTES) {
      throw corrupt(
          display,
          "the chunk ends within its "
              + ChunkFormat.roleName(role)
              + ": "
              + bytes
              + " bytes at "
              + at
              + ", but it has "
              + length);
    }
    int raw = (int) bytes + (encoding == ChunkFormat.ENDS ? Integer.BYTES : 0);
    buffers[role] = new Stored(role, encoding, 0, 0, 0, raw, (int) at, (int) bytes);
    return at + bytes;
  }

  private static ChunkHeader parseEncoded(
      byte[] bytes, int start, int length, TensorType type, String display) throws StoreException {
    int flags = bytes[start + 2] & 0xFF;
    int count = bytes[start + 3] & 0xFF;
    int rows = Bytes.getInt(bytes, start + 4);
    int nulls = Bytes.getInt(bytes, start + 8);
    long at = ChunkFormat.HEADER_BYTES + (long) count * ChunkFormat.BUFFER_HEADER_BYTES;
    if ((flags & ~ChunkFormat.VARIABLE_FLAG) != 0 || count > ChunkFormat.ROLES || at > length) {
      throw corrupt(
          display, "flags " + flags + " and " + count + " buffers in " + length + " bytes");
    }
    checkKind(flags, rows, Bytes.getInt(bytes, start + 12), type, display);
    if (nulls < 0 || nulls > rows) {
      throw corrupt(display, nulls + " NULL of " + rows + " rows");
    }
    ChunkHeader header = new ChunkHeader(type, display, length, rows, nulls);
    int previousRole = -1;
    for (int i = 0; i < count; i++) {
      int from = start + ChunkFormat.HEADER_BYTES + i * ChunkFormat.BUFFER_HEADER_BYTES;
      at = (at + ChunkFormat.ALIGNMENT - 1) & -ChunkFormat.ALIGNMENT;
      at = header.addEncoded(bytes, from, at);
      int role = bytes[from] & 0xFF;
      if (role <= previousRole) {
        throw corrupt(display, ChunkFormat.roleName(role) + " out of order");
      }
      previousRole = role;
    }
    header.checkRoles();
    return header;
  }

  private static void checkKind(
      int flags, int rows, int widthOrRank, TensorType type, String display) throws StoreException {
    boolean fixed = (flags & ChunkFormat.VARIABLE_FLAG) == 0;
    boolean expectFixed = type.layout() == Layout.FIXED;
    int expected = expectFixed ? type.width() : type.storedRank();
    if (fixed != expectFixed || widthOrRank != expected) {
      throw corrupt(
          display,
          (fixed ? "samples of fixed width " : "samples of varying length, stored rank ")
              + widthOrRank
              + ", expected "
              + (expectFixed ? "fixed width " : "varying length, stored rank ")
              + expected
              + " for "
              + type.dtype()
              + " "
              + type.shape());
    }
    if (rows < 0 || rows > ChunkFormat.MAX_ROWS) {
      throw corrupt(display, rows + " rows, at most " + ChunkFormat.MAX_ROWS + " expected");
    }
  }

  private long addEncoded(byte[] bytes, int from, long at) throws StoreException {
    int role = bytes[from] & 0xFF;
    int encoding = bytes[from + 1] & 0xFF;
    int bits = bytes[from + 2] & 0xFF;
    int unit = Bytes.getInt(bytes, from + 4);
    long base = Bytes.getLong(bytes, from + 8);
    int raw = Bytes.getInt(bytes, from + 16);
    int stored = Bytes.getInt(bytes, from + 20);
    if (role >= ChunkFormat.ROLES || encoding > ChunkFormat.ZSTD_BLOCKS) {
      throw new StoreException(
          Code.VERSION_TOO_NEW,
          display
              + ": "
              + ChunkFormat.roleName(role)
              + " in encoding "
              + encoding
              + " is unknown to this version; use a newer Versor");
    }
    Stored buffer = new Stored(role, encoding, bits, unit, base, raw, 0, stored);
    if (raw < 0
        || raw > Limits.MAX_BUFFER_BYTES
        || stored < 0
        || at + stored > length
        || bytes[from + 3] != 0
        || !isConsistent(buffer)) {
      throw corrupt(
          display,
          ChunkFormat.roleName(role)
              + " in encoding "
              + encoding
              + ", "
              + bits
              + " bits, units of "
              + unit
              + ": "
              + stored
              + " bytes at "
              + at
              + " of "
              + length
              + " for "
              + raw
              + " raw ones, which cannot be");
    }
    buffers[role] = buffer.at((int) at);
    return at + stored;
  }

  /** Whether the stored size is the one that the encoding gives. */
  private static boolean isConsistent(Stored buffer) {
    boolean lengths =
        buffer.role() == ChunkFormat.OFFSETS || buffer.role() == ChunkFormat.DICTIONARY_OFFSETS;
    if (lengths && (buffer.rawBytes() < Integer.BYTES || buffer.rawBytes() % Integer.BYTES != 0)) {
      return false;
    }
    int unit = buffer.unit();
    return switch (buffer.encoding()) {
      case ChunkFormat.RAW -> buffer.bytes() == buffer.rawBytes() && unit == 0;
      case ChunkFormat.CONSTANT ->
          unit > 0
              && buffer.bytes() == unit
              && (lengths ? unit == Integer.BYTES : buffer.rawBytes() % unit == 0);
      case ChunkFormat.BIT_PACKED ->
          (lengths ? unit == Integer.BYTES : isUnit(unit) && buffer.rawBytes() % unit == 0)
              && buffer.bits() > 0
              && buffer.bits() <= Math.min(WORD_BITS, 8 * unit)
              && buffer.bytes() == ChunkFormat.packedBytes(buffer.values(), buffer.bits());
      case ChunkFormat.ZSTD_BLOCKS ->
          !lengths
              && unit > 0
              && buffer.rawBytes() > 0
              && (long) Integer.BYTES * ZstdBlocks.count(buffer.rawBytes(), unit) < buffer.bytes();
      default -> unit == 0 && buffer.bytes() > 0;
    };
  }

  private static boolean isUnit(int unit) {
    return unit == 1 || unit == 2 || unit == 4 || unit == 8 || unit == 16;
  }

  /** Whether each buffer that the samples need is there, in the size that rows and type give. */
  private void checkRoles() throws StoreException {
    boolean coded = buffers[ChunkFormat.DICTIONARY_OFFSETS] != null;
    boolean variable = type.layout() == Layout.VARIABLE;
    expect(ChunkFormat.VALIDITY, nulls > 0, Bitmaps.bytes(rows));
    expect(ChunkFormat.OFFSETS, variable && !coded, 4L * (rows + 1));
    expect(ChunkFormat.SHAPES, type.storedRank() > 0, 4L * rows * type.storedRank());
    long dataBytes =
        coded ? 4L * rows : variable ? rawBytes(ChunkFormat.DATA) : (long) rows * type.width();
    expect(ChunkFormat.DATA, true, dataBytes);
    expect(ChunkFormat.DICTIONARY_DATA, coded, rawBytes(ChunkFormat.DICTIONARY_DATA));
    if (coded && (!variable || type.storedRank() > 0 || !isCount(entries()))) {
      throw corrupt(
          display,
          "a dictionary of "
              + entries()
              + " entries for "
              + rows
              + " rows of "
              + type.dtype()
              + " "
              + type.shape());
    }
  }

  /** Whether so many entries can have a row each that they were met in. */
  private boolean isCount(int entries) {
    return entries <= rows && (entries > 0 || rows == 0);
  }

  private long rawBytes(int role) {
    Stored buffer = buffers[role];
    return buffer == null ? 0 : buffer.rawBytes();
  }

  private void expect(int role, boolean needed, long rawBytes) throws StoreException {
    boolean present = buffers[role] != null;
    if (present != needed || rawBytes(role) != (needed ? rawBytes : 0)) {
      throw corrupt(
          display,
          ChunkFormat.roleName(role)
              + (present ? " of " + rawBytes(role) + " bytes" : " missing")
              + ", expected "
              + (needed ? rawBytes + " bytes" : "none")
              + " for "
              + rows
              + " rows, "
              + nulls
              + " NULL");
    }
  }

  TensorType type() {
    return type;
  }

  String display() {
    return display;
  }

  int rows() {
    return rows;
  }

  /** Samples that are NULL; -1 if only the bitmap tells. */
  int nulls() {
    return nulls;
  }

  boolean hasDictionary() {
    return buffers[ChunkFormat.DICTIONARY_OFFSETS] != null;
  }

  /** Of the dictionary. */
  int entries() {
    return (int) (rawBytes(ChunkFormat.DICTIONARY_OFFSETS) / Integer.BYTES) - 1;
  }

  boolean has(int role) {
    return buffers[role] != null;
  }

  Stored buffer(int role) {
    Stored buffer = buffers[role];
    if (buffer == null) {
      throw new IllegalStateException(display + ": no " + ChunkFormat.roleName(role));
    }
    return buffer;
  }

  /**
   * Refuses a zstd frame that does not say itself that it has the expected size, before room is
   * made for that.
   *
   * @param head the first {@link #ZSTD_HEAD_BYTES} of the frame, or all of it
   */
  void checkFrame(Stored stored, byte[] head, int rawBytes) throws StoreException {
    ZstdLibrary.require();
    long said = Zstd.getFrameContentSize(head);
    if (said != rawBytes) {
      throw zstdFault(stored, said < 0 ? "no size" : said + " bytes", rawBytes);
    }
  }

  StoreException zstdFault(Stored stored, String found, int rawBytes) {
    return corrupt(
        ChunkFormat.roleName(stored.role())
            + ": zstd gives \""
            + found
            + "\", expected "
            + rawBytes
            + " bytes");
  }

  StoreException corrupt(String fault) {
    return corrupt(display, fault);
  }

  private static StoreException corrupt(String display, String fault) {
    return new StoreException(Code.CORRUPT, display + ": " + fault);
  }
}
