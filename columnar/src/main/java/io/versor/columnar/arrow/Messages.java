package io.versor.columnar.arrow;

import com.google.flatbuffers.Table;
import io.versor.engine.copy.SourceFile;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;

/**
 * The messages of a file or a stream, one after the other. Every length is held against the file
 * before anything is allocated. One thread.
 */
final class Messages implements AutoCloseable {
  private static final byte[] MAGIC = {'A', 'R', 'R', 'O', 'W', '1'};

  /** Before the length of a message, in all files since 2019. */
  private static final int CONTINUATION = -1;

  /** Bytes of a message without its body: a schema of 100,000 columns fits. */
  private static final int MAX_METADATA_BYTES = 256 << 20;

  /** Bodies of so many bytes are copied; larger ones are mapped. */
  private static final int COPIED_BYTES = 1 << 20;

  /**
   * A message.
   *
   * @param body mapped or in the heap
   */
  record Part(Message message, ByteBuffer body) {}

  private final FileChannel channel;
  private final String name;
  private final long size;

  /** Where messages begin, as a file's footer says; none for a stream. */
  private final Deque<Long> places = new ArrayDeque<>();

  private final boolean stream;
  private long at;

  Messages(SourceFile file) throws IOException, StoreException {
    this.name = file.name();
    this.channel = FileChannel.open(file.path(), StandardOpenOption.READ);
    try {
      this.size = channel.size();
      this.stream = !startsWithMagic();
      if (!stream) {
        readFooter();
      }
    } catch (RuntimeException e) {
      channel.close();
      throw damaged("its footer cannot be read", e);
    } catch (IOException | StoreException e) {
      channel.close();
      throw e;
    }
  }

  private StoreException damaged(String what) {
    return new StoreException(Code.INVALID_VALUE, damage(what));
  }

  private StoreException damaged(String what, Exception cause) {
    return new StoreException(Code.INVALID_VALUE, damage(what) + ": " + cause.getMessage(), cause);
  }

  private String damage(String what) {
    return name + ": no whole Arrow file: " + what;
  }

  private boolean startsWithMagic() throws IOException {
    return size >= MAGIC.length && read(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
  }

  /** A copy of a part of the file. */
  private ByteBuffer read(long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new EOFException(name + ": the file ends at " + (from + bytes.position()));
      }
    }
    return bytes.flip();
  }

  private void readFooter() throws IOException, StoreException {
    long tail = size - MAGIC.length;
    if (size < 2L * MAGIC.length + 6 || !read(tail, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
      throw damaged("it does not end in ARROW1; was it cut off?");
    }
    int length = read(tail - 4, 4).getInt();
    if (length <= 0 || length > Math.min(MAX_METADATA_BYTES, tail - 4 - MAGIC.length)) {
      throw damaged("a footer of " + length + " bytes");
    }
    Footer footer = Footer.getRootAsFooter(read(tail - 4 - length, length));
    places.add(8L); // the schema, behind the magic
    for (int i = 0; i < footer.dictionariesLength(); i++) {
      places.add(place(footer.dictionaries(i)));
    }
    for (int i = 0; i < footer.recordBatchesLength(); i++) {
      places.add(place(footer.recordBatches(i)));
    }
  }

  private long place(Block block) throws StoreException {
    if (block.offset() < MAGIC.length || block.offset() >= size) {
      throw damaged("a block at " + block.offset() + " of " + size + " bytes");
    }
    return block.offset();
  }

  /** The next message; empty at the end. */
  Optional<Part> next() throws IOException, StoreException {
    if (!stream) {
      Long place = places.poll();
      if (place == null) {
        return Optional.empty();
      }
      at = place;
    }
    if (at == size && stream && at > 0) {
      return Optional.empty(); // a stream may end without saying so
    }
    if (size - at < 4) {
      throw damaged(size == 0 ? "it is empty" : "it ends in a message; was it cut off?");
    }
    int length = read(at, 4).getInt();
    at += 4;
    if (length == CONTINUATION) {
      if (size - at < 4) {
        throw damaged("it ends in a message; was it cut off?");
      }
      length = read(at, 4).getInt();
      at += 4;
    }
    if (length == 0) {
      if (!stream) {
        throw damaged("an empty message at " + at);
      }
      at = size;
      return Optional.empty();
    }
    if (length < 8 || length > MAX_METADATA_BYTES || length > size - at) {
      throw damaged("a message of " + length + " bytes at " + at + " of " + size);
    }
    try {
      return Optional.of(part(length));
    } catch (RuntimeException e) {
      throw damaged("the message at " + at + " cannot be read", e);
    }
  }

  private Part part(int length) throws IOException, StoreException {
    Message message = Message.getRootAsMessage(read(at, length));
    at += length;
    long body = message.bodyLength();
    if (body < 0 || body > size - at) {
      throw damaged("a body of " + body + " bytes at " + at + " of " + size + "; was it cut off?");
    }
    if (body > Integer.MAX_VALUE) {
      throw new StoreException(
          Code.LIMIT,
          name + ": a record batch of " + body + " bytes; write batches of less than 2 GiB");
    }
    ByteBuffer bytes =
        body <= COPIED_BYTES
            ? read(at, (int) body)
            : channel.map(FileChannel.MapMode.READ_ONLY, at, body);
    at += body;
    return new Part(message, bytes);
  }

  /** What a message is about. */
  static <T extends Table> T header(Message message, T into, String what) throws StoreException {
    Table header = message.header(into);
    if (header == null) {
      throw new StoreException(Code.INVALID_VALUE, "a message without " + what);
    }
    return into;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
