package io.versor.bench.peers;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** What Lance does in the table; it has no JDBC driver, so its library is called. */
interface Lance extends AutoCloseable {
  String TITLE = "Lance";

  /** Lance, where the profile {@code peers} has brought it along. */
  static Optional<Lance> find() {
    return ServiceLoader.load(Lance.class).findFirst();
  }

  void open(Path directory);

  /**
   * Writes a dataset of {@code rows} rows (id, label, caption, e), in place of one of that name.
   */
  void writeVectors(String name, long rows) throws Exception;

  /** Ids of the nearest rows, nearest first. */
  List<Object> nearest(String name, float[] to, int count, boolean cosine) throws Exception;

  /** Takes rows by position, all columns; answers {@link Taken}'s sum over them. */
  Object take(String name, long[] positions) throws Exception;

  /** Writes a dataset (id, b) of blobs. */
  void writeBlobs(String name, int rows) throws Exception;

  /** Bytes of all blobs, read one by one. */
  long scanBlobs(String name) throws Exception;

  /** Sum of the sizes and first bytes of the blobs at the positions, each taken by itself. */
  long getBlobs(String name, long[] positions) throws Exception;

  /** Appends rows that follow {@code first}: a version. */
  void append(String name, long first, int rows) throws Exception;

  /** Sets the label of the rows with these ids: a version. */
  void update(String name, long[] ids, int label) throws Exception;

  /** How many rows the last version changed, found by comparing with the one before. */
  long changed(String name) throws Exception;

  @Override
  void close();
}
