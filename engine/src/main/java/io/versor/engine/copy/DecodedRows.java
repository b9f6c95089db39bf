package io.versor.engine.copy;

import io.versor.format.type.StoreException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cursor over some rows of a file. One thread. */
public interface DecodedRows {
  /** Stands for a field that a row does not have: its column gets the default. */
  Object ABSENT = new Object();

  /** Characters of a row that are kept for whoever looks at what was rejected. */
  int MAX_RAW_CHARACTERS = 65_536;

  /** Goes to the next row; the first call to the first. */
  boolean next() throws IOException, StoreException;

  /** The file the row is in, as the user knows it. */
  String file();

  /** The number of the row in its file, from 1. */
  long number();

  /** The line the row begins at, from 1; 0 where files have no lines. */
  long line();

  /** What is wrong with the whole row, whose fields then have no values. */
  Optional<String> fault();

  /**
   * A value in the objects of {@link io.versor.engine.Result}, as a text, or as nested lists; null
   * for NULL.
   *
   * @param field position in {@link Wanted#fields}
   * @throws StoreException {@code INVALID_VALUE}
   */
  @Nullable Object value(int field) throws StoreException;

  /** The row as text, cut to {@link #MAX_RAW_CHARACTERS}. */
  String raw();

  /**
   * Rows right behind these that were to be decoded with them, had they not become too many bytes.
   */
  default Optional<RawRows> rest() {
    return Optional.empty();
  }
}
