package io.versor.format.table;

import io.versor.format.type.StoreException;

/**
 * The ids a log gives out: origin in the upper half, a sequence of its own for rows, tables and
 * columns in the lower. Never set back, not by a reset either.
 *
 * @param rows sequence of the next row
 * @param tables sequence of the next table
 * @param columns sequence of the next column
 */
public record IdCounters(long origin, long rows, long tables, long columns) {
  /** Ids of one kind under one origin. */
  public static final long MAX_SEQUENCE = 1L << 32;

  public IdCounters {
    check("row", rows);
    check("table", tables);
    check("column", columns);
  }

  private static void check(String what, long sequence) {
    if (sequence < 0 || sequence > MAX_SEQUENCE) {
      throw new IllegalArgumentException(what + " sequence " + sequence);
    }
  }

  public static IdCounters start(long origin) {
    return new IdCounters(origin, 0, 0, 0);
  }

  /** The id with a sequence number under this origin. */
  public long id(long sequence) {
    return origin << 32 | sequence;
  }

  /** Whether an id was or will be given out under this origin. */
  public boolean owns(long id) {
    return id >>> 32 == origin;
  }

  /** Whether this origin still has so many rows, tables and columns to give. */
  public boolean hasRoom(long moreRows, long moreTables, long moreColumns) {
    return moreRows <= MAX_SEQUENCE - rows
        && moreTables <= MAX_SEQUENCE - tables
        && moreColumns <= MAX_SEQUENCE - columns;
  }

  IdCounters withRow(long id) {
    return owns(id) ? new IdCounters(origin, Math.max(rows, after(id)), tables, columns) : this;
  }

  IdCounters withTable(long id) {
    return owns(id) ? new IdCounters(origin, rows, Math.max(tables, after(id)), columns) : this;
  }

  IdCounters withColumn(long id) {
    return owns(id) ? new IdCounters(origin, rows, tables, Math.max(columns, after(id))) : this;
  }

  private static long after(long id) {
    return (id & 0xFFFF_FFFFL) + 1;
  }

  /** For messages about an id that does not fit. */
  StoreException exhausted(String branch) {
    return new StoreException(
        StoreException.Code.LIMIT,
        branch + ": origin " + origin + " has given all its ids; it needs a new one");
  }
}
