package io.versor.format.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * A file read and written at positions, that an interrupted thread does not close.
 *
 * <p>Java closes a {@link FileChannel} under everybody when one thread that uses it is interrupted,
 * and programs we are a guest in do interrupt threads. So each deed sets the interrupt aside, and
 * if the channel was closed under it all the same, opens the file again and repeats. That is right
 * because all deeds here are at positions: done twice is done once.
 */
final class SteadyFile implements AutoCloseable {
  /**
   * Java copies heap bytes through a direct buffer of this size, and keeps one for every thread.
   */
  private static final int LARGEST_PIECE = 1 << 20;

  private final Path path;
  private final Set<OpenOption> reopenOptions;
  private volatile FileChannel channel;
  private volatile boolean closed;

  @FunctionalInterface
  private interface Deed<T> {
    T apply(FileChannel channel) throws IOException;
  }

  private SteadyFile(Path path, FileChannel channel, Set<OpenOption> reopenOptions) {
    this.path = path;
    this.channel = channel;
    this.reopenOptions = reopenOptions;
  }

  /** A file that is one itself: a symbolic link is an error. */
  static SteadyFile open(Path path, Set<? extends OpenOption> options) throws IOException {
    Set<OpenOption> first = new HashSet<>(options);
    first.add(LinkOption.NOFOLLOW_LINKS);
    Set<OpenOption> again = new HashSet<>(first);
    again.remove(StandardOpenOption.CREATE);
    again.remove(StandardOpenOption.CREATE_NEW);
    return new SteadyFile(path, FileChannel.open(path, first), again);
  }

  Path path() {
    return path;
  }

  long size() throws IOException {
    return steadily(FileChannel::size);
  }

  /** Reads up to {@code length} bytes; fewer only at the end of the file. */
  int read(long position, byte[] target, int offset, int length) throws IOException {
    return steadily(
        c -> {
          int done = 0;
          while (done < length) {
            int piece = Math.min(length - done, LARGEST_PIECE);
            int n = c.read(ByteBuffer.wrap(target, offset + done, piece), position + done);
            if (n < 0) {
              break;
            }
            done += n;
          }
          return done;
        });
  }

  void write(long position, ByteBuffer source) throws IOException {
    steadily(
        c -> {
          int length = source.remaining();
          int done = 0;
          while (done < length) {
            // Pieces end where sectors do: whoever is killed between two leaves whole sectors.
            long toBoundary = LARGEST_PIECE - (position + done) % LARGEST_PIECE;
            int piece = (int) Math.min(length - done, toBoundary);
            done += c.write(source.slice(source.position() + done, piece), position + done);
          }
          return done;
        });
    source.position(source.limit());
  }

  /** Data and, with it, the file's length; not its times. */
  void force() throws IOException {
    steadily(
        c -> {
          c.force(false);
          return c;
        });
  }

  /** Does nothing if the file is not longer. */
  void truncate(long length) throws IOException {
    steadily(c -> c.truncate(length));
  }

  MappedByteBuffer map(long position, long length) throws IOException {
    return steadily(c -> c.map(MapMode.READ_ONLY, position, length));
  }

  boolean isClosed() {
    return closed;
  }

  private <T> T steadily(Deed<T> deed) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        FileChannel current = channel;
        try {
          return deed.apply(current);
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
          reopen(current, e);
        } catch (ClosedChannelException e) { // closed under us by another thread's interrupt
          reopen(current, e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized void reopen(FileChannel lost, IOException why) throws IOException {
    if (closed) {
      throw why;
    }
    if (channel == lost) {
      channel = FileChannel.open(path, reopenOptions);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    channel.close();
  }
}
