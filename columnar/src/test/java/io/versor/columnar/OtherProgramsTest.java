package io.versor.columnar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that pyarrow 25 wrote: the same 90 rows in every encoding, layout and compression, each
 * seventh of them NULL but for its id; and types that no column takes.
 */
class OtherProgramsTest {
  @TempDir Path directory;
  private Sql sql;

  @BeforeEach
  void open() throws Exception {
    sql = new Sql(directory).withFiles();
    sql.run(
        "CREATE TABLE p(id BIGINT, i8 TINYINT, u8 TENSOR(UINT8), i16 SMALLINT, u16 TENSOR(UINT16),"
            + " i32 INTEGER, u32 TENSOR(UINT32), u64 TENSOR(UINT64), h TENSOR(FLOAT16), f REAL,"
            + " d DOUBLE, \"dec\" DECIMAL(30, 3), b BOOLEAN, dt DATE, tm TIME(6), ts TIMESTAMP(6),"
            + " tz TIMESTAMP(6) WITH TIME ZONE, s VARCHAR, bin VARBINARY(100),"
            + " cl CLASS_LABEL('cat', 'dog'), em EMBEDDING(3), li TENSOR(INT32, *),"
            + " ll TENSOR(INT64, *, 2), tags LIST)");
  }

  @AfterEach
  void close() throws Exception {
    sql.close();
  }

  @Test
  void theRowsAreWhatWasWritten() throws Exception {
    sql.gives("COPY p FROM '@/plain.parquet'", "90 | 0 | 1");
    sql.gives("SELECT COUNT(*) FROM p WHERE _index = id", "90");
    String numbers =
        "i8 = id - 128 AND u8 = id AND i16 = id * 100 - 15000 AND u16 = 65535 - id"
            + " AND i32 = (id - 150) * 10000000 AND u32 = 4294967295 - id"
            + " AND u64 = 18446744073709551615 - id AND h = id / 2e0 AND f = id / 8e0"
            + " AND d = id / 3e0 AND \"dec\" = (id * 7 - 1000) / 1000.000";
    sql.gives("SELECT COUNT(*) FROM p WHERE " + numbers, "77");
    String others =
        "b = (MOD(id, 3) = 0) AND s = 'text ' || REPEAT(CASE MOD(id, 3) WHEN 0 THEN 'é'"
            + " WHEN 1 THEN '中' ELSE '😀' END, MOD(id, 20))"
            + " AND OCTET_LENGTH(bin) = MOD(id, 5)"
            + " AND cl = CASE MOD(id, 2) WHEN 0 THEN 'cat' ELSE 'dog' END";
    sql.gives("SELECT COUNT(*) FROM p WHERE " + others, "77");
    sql.gives(
        "SELECT COUNT(*) FROM p WHERE MOD(id, 7) = 3 AND i8 IS NULL AND u64 IS NULL AND s IS NULL"
            + " AND b IS NULL AND tm IS NULL AND em IS NULL AND ll IS NULL AND tags IS NULL",
        "13");
    sql.gives(
        "SELECT dt, tm, ts, em, li, ll, tags FROM p WHERE id = 2",
        "1971-03-12 | 02:02:02.002 | 1960-07-19 00:00:02.000002 | [2.0, 1.0, -2.0] | [0, 1] |"
            + " [[0, 1], [1, 2]] | [\"x\",null]");
    sql.gives(
        "SELECT COUNT(*) FROM p WHERE tz = TIMESTAMP WITH LOCAL TIME ZONE '1990-01-03 00:00:02'",
        "1");
  }

  @Test
  void everyEncodingHasTheSameRows() throws Exception {
    sql.run("COPY p FROM '@/plain.parquet'");
    String hash = sql.run("SELECT TABLE_HASH('p')").get(0);
    for (String file :
        List.of(
            "v1_dictionary_snappy.parquet",
            "v2_delta_gzip.parquet",
            "v2_zstd.parquet",
            "lz4.parquet",
            "plain.arrow",
            "lz4.feather",
            "zstd.feather",
            "stream.arrows",
            "views.arrow")) {
      sql.run("TRUNCATE p");
      sql.gives("COPY p FROM '@/" + file + "'", "90 | 0 | 1");
      assertEquals(hash, sql.run("SELECT TABLE_HASH('p')").get(0), file);
    }
    sql.run("COPY p FROM '@/int96.parquet'");
    sql.gives("SELECT COUNT(DISTINCT ts) FROM p", "77");
  }

  /** Types of the file are other than the table's: values fit exactly, or are told. */
  @Test
  void valuesFitOrAreTold() throws Exception {
    sql.run("CREATE TABLE q(id INTEGER, u8 TINYINT, d REAL)");
    for (String file : List.of("plain.parquet", "plain.arrow")) {
      sql.fails(
          "22003",
          file + ", row 1, column u8 of q: 18446744073709551615 is out of the range of INT8",
          "COPY q(id, u8 FROM 'u64') FROM '@/" + file + "'");
      sql.fails(
          "22023",
          file + ", row 2, column id of q: 0.5, expected a whole number",
          "COPY q(id FROM 'h') FROM '@/" + file + "'");
      sql.fails(
          "22023",
          file + ", row 1, column d of q: 'text ', expected a number",
          "COPY q(d FROM 's') FROM '@/" + file + "'");
      sql.gives("COPY q(id, d FROM 'i32') FROM '@/" + file + "'", "90 | 0 | 1");
    }
  }

  /** Lists, large lists and lists of a fixed size. */
  @Test
  void listsOfAllKindsAreListsOfAColumn() throws Exception {
    sql.run("CREATE TABLE q(id BIGINT, tags VARCHAR ARRAY, em DECIMAL(9, 3) ARRAY)");
    for (String file :
        List.of("plain.parquet", "v2_delta_gzip.parquet", "plain.arrow", "views.arrow")) {
      sql.gives("COPY q(id, tags, em) FROM '@/" + file + "'", "90 | 0 | 1");
      sql.gives(
          "SELECT tags, CARDINALITY(tags), em[3] FROM q WHERE id BETWEEN 2 AND 4",
          "[\"x\",null] | 2 | -2.000",
          "null | null | null",
          "[] | 0 | -4.000");
      sql.run("TRUNCATE q");
    }
  }

  /** Views of lists and large lists, which overlap and follow no order, also within each other. */
  @Test
  void viewsOfListsMayLieAnywhere() throws Exception {
    sql.run(
        "CREATE TABLE v(id BIGINT, n TENSOR(INT32, *), t VARCHAR ARRAY, m TENSOR(FLOAT32, *, 2),"
            + " x TENSOR(FLOAT32, *, 2), b VARBINARY(10) ARRAY)");
    sql.gives("COPY v FROM '@/list_views.arrow'", "5 | 0 | 1");
    sql.gives(
        "SELECT n, t, m, x, CARDINALITY(b) FROM v WHERE id < 4 ORDER BY id",
        "[5, 6] | [\"a long text that is no inline view\"] | [[3.5, 4.5], [3.5, 4.5]]"
            + " | [[5.5, 6.5]] | 1",
        "[1, 2, 3] | [\"a\",null,\"a long text that is no inline view\"]"
            + " | [[5.5, 6.5], [1.5, 2.5], [3.5, 4.5]] | [[1.5, 2.5], [3.5, 4.5]] | 2",
        "[] | [null,\"a long text that is no inline view\"] | [[1.5, 2.5]] | [[3.5, 4.5]] | 0");
    sql.gives("SELECT n, t, m, TO_HEX(id) FROM v WHERE id = 5", "null | null | null | 5");
    sql.gives("SELECT n, t, CARDINALITY(m) FROM v WHERE id = 4", "[3, 4] | [] | 0");
  }

  /**
   * Of texts, large lists of large texts, pairs of texts, dates, vectors, pairs of numbers, bytes,
   * dictionaries and instants.
   */
  @Test
  void listsAreWhatWasWritten() throws Exception {
    for (String file :
        List.of("lists.parquet", "lists_v2.parquet", "lists.feather", "lists.arrows")) {
      sql.run(
          "CREATE TABLE q(id INTEGER, lt VARCHAR ARRAY, ll VARCHAR ARRAY, lf VARCHAR ARRAY,"
              + " ld DATE ARRAY, vv TENSOR(FLOAT32, *) ARRAY, fx EMBEDDING(2) ARRAY,"
              + " bb VARBINARY(9) ARRAY, dict CLASS_LABEL('cat', 'dog') ARRAY,"
              + " ts TIMESTAMP(6) WITH TIME ZONE ARRAY)");
      sql.gives("COPY q FROM '@/" + file + "'", "5 | 0 | 1");
      sql.gives(
          "SELECT lt, ll, lf, ld FROM q",
          "[\"cat\",null,\"\"] | [\"cat\",null,\"\"] | [\"a\",\"b\"] | [\"1970-01-02\",null]",
          "[] | [] | [null,\"c\"] | []",
          "null | null | null | null",
          "[null] | [null] | [\"d\",\"e\"] | [null]",
          "[\"é\",\"dog\"] | [\"é\",\"dog\"] | [\"f\",null] | [\"1970-01-03\"]");
      sql.gives(
          "SELECT vv, fx, bb, dict, ts FROM q",
          "[[1.0,2.0],[]] | [[1.0,2.0],[3.0,4.0]] | [\"AP8=\",null] | [\"cat\",null] | [\"1970-01-01 00:00:00+00:00\",null]",
          "[] | [[0.0,0.0]] | [] | [] | []",
          "null | null | null | null | null",
          "[null] | [] | [null] | [null] | [null]",
          "[[3.0]] | [[5.0,6.0]] | [\"\"] | [\"dog\"] | [\"1970-01-01 00:00:01+00:00\"]");
      sql.run("DROP TABLE q");
    }
  }

  @Test
  void dictionariesGrow() throws Exception {
    sql.run("CREATE TABLE q(id BIGINT, cl CLASS_LABEL('cat'))");
    sql.fails("22023", "row 2, column cl of q: class label 'dog'", "COPY q FROM '@/deltas.arrows'");
    sql.run("COPY q FROM '@/deltas.arrows' (LABELS ADD)");
    sql.gives("SELECT * FROM q", "1 | cat", "2 | dog", "3 | owl", "4 | cat", "5 | bee");
  }

  @Test
  void whatNoColumnTakesIsRefusedByName() throws Exception {
    sql.run("CREATE TABLE q(id BIGINT, last VARCHAR)");
    sql.fails(
        "0A000", "the field st is a STRUCT", "COPY q(last FROM 'st') FROM '@/nested.parquet'");
    sql.fails("0A000", "the field mp is a MAP", "COPY q(last FROM 'mp') FROM '@/nested.parquet'");
    sql.fails("0A000", "the field un is a UNION", "COPY q(last FROM 'un') FROM '@/union.arrow'");
    sql.gives("COPY q(last) FROM '@/nested.parquet'", "2 | 0 | 1");
    sql.gives("COPY q(last) FROM '@/union.arrow'", "2 | 0 | 1");
    sql.gives("SELECT last FROM q", "x", "y", "x", "y");
  }
}
