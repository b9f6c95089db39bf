package io.versor.columnar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written and read again is the same, whatever the table: by every format. */
class RoundTripTest {
  private static final List<String> TARGETS =
      List.of(
          "'@/t.parquet'",
          "'@/t.parquet' (COMPRESSION snappy)",
          "'@/t.pq' (COMPRESSION gzip)",
          "'@/t.pq' (COMPRESSION uncompressed)",
          "'@/t.arrow'",
          "'@/t.feather' (COMPRESSION zstd)",
          "'@/t.arrows'");

  @TempDir Path directory;

  /** A value of a column. */
  @FunctionalInterface
  private interface Maker {
    Object make(Random random);
  }

  private record Kind(String type, Maker maker) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("TINYINT", random -> (byte) random.nextInt()),
          new Kind("SMALLINT", random -> (short) random.nextInt()),
          new Kind("INTEGER", Random::nextInt),
          new Kind("BIGINT", random -> random.nextLong() >> random.nextInt(64)),
          new Kind("TENSOR(UINT8)", random -> random.nextInt(256)),
          new Kind("TENSOR(UINT16)", random -> random.nextInt(65_536)),
          new Kind("TENSOR(UINT32)", random -> random.nextLong() >>> 32),
          new Kind("TENSOR(UINT64)", random -> new BigDecimal(new BigInteger(64, random))),
          new Kind("TENSOR(FLOAT16)", random -> random.nextInt(2048) / 4f),
          new Kind("REAL", random -> Float.intBitsToFloat(random.nextInt(0x7f80_0000))),
          new Kind("DOUBLE", random -> random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian()),
          new Kind("DECIMAL(7, 2)", random -> decimal(random, 22, 2)),
          new Kind("DECIMAL(18, 18)", random -> decimal(random, 58, 18)),
          new Kind("DECIMAL(38, 7)", random -> decimal(random, 125, 7)),
          new Kind("BOOLEAN", Random::nextBoolean),
          new Kind("DATE", random -> LocalDate.ofEpochDay(random.nextInt(80_000) - 40_000)),
          new Kind(
              "TIME(6)",
              random ->
                  LocalTime.ofNanoOfDay(
                      random.nextInt(86_400) * 1_000_001_000L % 86_400_000_000_000L)),
          new Kind("TIMESTAMP(6)", RoundTripTest::moment),
          new Kind(
              "TIMESTAMP(6) WITH TIME ZONE", random -> moment(random).atOffset(ZoneOffset.UTC)),
          new Kind("VARCHAR", RoundTripTest::text),
          new Kind("VARBINARY(64)", random -> bytes(random, random.nextInt(64))),
          new Kind(
              "CLASS_LABEL('a', 'b', 'c')",
              random -> "abc".substring(random.nextInt(3)).substring(0, 1)),
          new Kind("JSON", random -> "{\"k\": [" + random.nextInt() + ", null]}"),
          new Kind("LIST", random -> "[" + random.nextInt() + ", \"x\"]"),
          new Kind("EMBEDDING(5)", random -> tensor(random, "0.5", 5)),
          new Kind("TENSOR(FLOAT64, *)", random -> tensor(random, "1e-3", random.nextInt(4))),
          new Kind("TENSOR(FLOAT16, 3)", random -> tensor(random, "0.25", 3)),
          new Kind("TENSOR(UINT8, *, 2)", random -> tensor(random, "200", random.nextInt(3), 2)),
          new Kind(
              "TENSOR(INT16, 2, *)", random -> tensor(random, "-300", 2, 1 + random.nextInt(3))),
          new Kind(
              "TENSOR(UINT64, *, 1, *)",
              random ->
                  tensor(random, "18446744073709551615", random.nextInt(3), 1, random.nextInt(3))),
          new Kind("TENSOR(BOOL, 3, 3)", random -> tensor(random, "true", 3, 3)),
          new Kind("VARCHAR ARRAY", random -> list(random, "\"é\"")),
          new Kind("CLASS_LABEL('a', 'b', 'c') ARRAY", random -> list(random, "\"c\"")),
          new Kind("DECIMAL(30, 2) ARRAY", random -> list(random, "-1.05")),
          new Kind("EMBEDDING(2) ARRAY", random -> list(random, "[0.5, 2]")),
          new Kind("TENSOR(UINT8, *, 2) ARRAY", random -> list(random, "[[1, 2], [200, 4]]")),
          new Kind("TENSOR(INT16, *) ARRAY", random -> list(random, "[]")));

  /** As text: some of the elements are NULL. */
  private static String list(Random random, String element) {
    StringJoiner list = new StringJoiner(", ", "[", "]");
    for (int i = random.nextInt(5); i > 0; i--) {
      list.add(random.nextInt(3) == 0 ? "null" : element);
    }
    return list.toString();
  }

  private static BigDecimal decimal(Random random, int bits, int scale) {
    BigInteger digits = new BigInteger(bits, random);
    return new BigDecimal(random.nextBoolean() ? digits : digits.negate(), scale);
  }

  private static LocalDateTime moment(Random random) {
    return LocalDateTime.ofEpochSecond(
        random.nextInt(), random.nextInt(1_000_000) * 1_000, ZoneOffset.UTC);
  }

  private static String text(Random random) {
    String[] pieces = {"", "a", "é", "中", "😀", "\n", "\"", "\\", "\u0000", "long text "};
    return pieces[random.nextInt(pieces.length)].repeat(random.nextInt(12));
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** As text: some of the elements are the given one. */
  private static String tensor(Random random, String element, int... shape) {
    return nested(random, element, 0, shape);
  }

  private static String nested(Random random, String element, int depth, int[] shape) {
    if (depth == shape.length) {
      boolean truth = element.equals("true");
      return random.nextBoolean() ? element : truth ? "false" : Integer.toString(random.nextInt(9));
    }
    StringJoiner list = new StringJoiner(", ", "[", "]");
    for (int i = 0; i < shape[depth]; i++) {
      list.add(nested(random, element, depth + 1, shape));
    }
    return list.toString();
  }

  @Test
  void everyTableComesBack() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Sql sql = new Sql(directory)) {
      for (int round = 0; round < 5; round++) {
        List<Kind> kinds = new ArrayList<>();
        for (int i = random.nextInt(7); i >= 0; i--) {
          kinds.add(KINDS.get(random.nextInt(KINDS.size())));
        }
        StringJoiner columns = new StringJoiner(", ");
        StringJoiner marks = new StringJoiner(", ");
        for (int i = 0; i < kinds.size(); i++) {
          columns.add("c" + i + " " + kinds.get(i).type());
          marks.add("?");
        }
        String place = "seed " + seed + ", " + columns;
        sql.run("CREATE TABLE t(" + columns + ")");
        sql.run("CREATE TABLE u(" + columns + ")");
        int nulls = 1 + random.nextInt(5);
        try (PreparedStatement insert =
            sql.connection.prepareStatement("INSERT INTO t VALUES (" + marks + ")")) {
          for (int row = random.nextInt(40); row >= 0; row--) {
            for (int i = 0; i < kinds.size(); i++) {
              boolean isNull = random.nextInt(nulls) == 0;
              insert.setObject(i + 1, isNull ? null : kinds.get(i).maker().make(random));
            }
            insert.addBatch();
          }
          insert.executeBatch();
        }
        String hash = sql.run("SELECT TABLE_HASH('t')").get(0);
        for (String target : TARGETS) {
          sql.run("TRUNCATE u");
          sql.run("COPY t TO " + target);
          sql.run("COPY u FROM " + target.split(" ")[0]);
          assertEquals(hash, sql.run("SELECT TABLE_HASH('u')").get(0), place + " " + target);
        }
        sql.run("DROP TABLE t");
        sql.run("DROP TABLE u");
      }
    }
  }

  /** Several batches, row groups and pages; order is kept. */
  @Test
  void largeTablesComeBackInOrder() throws Exception {
    try (Sql sql = new Sql(directory)) {
      sql.run("CREATE TABLE t(id BIGINT, s VARCHAR, e EMBEDDING(64))");
      sql.run(
          "INSERT INTO t SELECT g, 'text ' || g, CASE WHEN MOD(g, 3) = 0 THEN NULL ELSE"
              + " CAST(REPEAT('[', 1) || REPEAT(CAST(g AS VARCHAR) || ',', 63) || '1]' AS"
              + " TENSOR(FLOAT32, 64)) END FROM TABLE(GENERATE_SERIES(1, 20000)) AS g(g)");
      for (String target : List.of("'@/l.parquet'", "'@/l.arrow'")) {
        sql.run("CREATE TABLE u(id BIGINT, s VARCHAR, e EMBEDDING(64))");
        sql.run("COPY t TO " + target);
        sql.gives("COPY u FROM " + target, "20000 | 0 | 1");
        sql.gives("SELECT COUNT(*) FROM u WHERE id = _index + 1", "20000");
        sql.gives("SELECT TABLE_HASH('t') = TABLE_HASH('u')", "true");
        sql.run("DROP TABLE u");
      }
    }
  }
}
