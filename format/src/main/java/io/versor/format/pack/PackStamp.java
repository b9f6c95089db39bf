package io.versor.format.pack;

import io.versor.format.io.ObjectReader;
import io.versor.format.io.ObjectWriter;
import io.versor.format.io.StopSignal;
import io.versor.format.type.StoreException;
import java.util.UUID;

/** Makes packs of one store packs of another. */
public final class PackStamp {
  private static final int PIECE_BYTES = 1 << 20;

  private PackStamp() {}

  /**
   * Copies a pack; only the store it names, and the checksums over that, are others. Pages that are
   * damaged stay so. What is written still has to be finished.
   *
   * @throws StoreException {@code CORRUPT} if header or footer cannot be read
   */
  public static void copy(ObjectReader in, ObjectWriter out, UUID store) throws StoreException {
    PackFooter footer = PackFooter.read(in);
    byte[] page = new byte[(int) Math.min(footer.pageBytes(), footer.dataBytes())];
    in.readFully(0, page, 0, page.length);
    int before = PackFooter.crc(page, 0, page.length);
    PackHeader.stamp(page, store, in.display());
    int after = PackFooter.crc(page, 0, page.length);
    out.write(page, 0, page.length);
    byte[] piece = new byte[(int) Math.min(PIECE_BYTES, in.length())];
    for (long at = page.length; at < footer.dataBytes(); ) {
      StopSignal.check();
      int bytes = (int) Math.min(piece.length, footer.dataBytes() - at);
      in.readFully(at, piece, 0, bytes);
      out.write(piece, 0, bytes);
      at += bytes;
    }
    byte[] end = new byte[Math.toIntExact(in.length() - footer.dataBytes())];
    in.readFully(footer.dataBytes(), end, 0, end.length);
    int crcAt = Math.toIntExact(footer.crcsAt() - footer.dataBytes());
    // By as much as it was wrong before it is wrong now.
    PackFooter.changeCrc(end, crcAt, before ^ after);
    out.write(end, 0, end.length);
  }
}
