package io.versor.columnar;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that are cut off, damaged or made to do harm: an error that names them, in bounded time.
 */
class DamagedFilesTest {
  @TempDir Path directory;
  private Sql sql;

  @BeforeEach
  void open() throws Exception {
    sql = new Sql(directory).withFiles();
    sql.run(
        "CREATE TABLE p(id BIGINT, u8 TENSOR(UINT8), d DOUBLE, \"dec\" DECIMAL(30, 3), b BOOLEAN,"
            + " ts TIMESTAMP(6), s VARCHAR, bin VARBINARY(100), cl CLASS_LABEL('cat', 'dog'),"
            + " em EMBEDDING(3), ll TENSOR(INT64, *, 2), tags LIST)");
    sql.run(
        "CREATE TABLE q(lt VARCHAR ARRAY, ll VARCHAR ARRAY, lf VARCHAR ARRAY, ld DATE ARRAY,"
            + " vv TENSOR(FLOAT32, *) ARRAY, fx EMBEDDING(2) ARRAY, bb VARBINARY(9) ARRAY,"
            + " dict CLASS_LABEL('cat', 'dog') ARRAY, ts TIMESTAMP(6) WITH TIME ZONE ARRAY)");
  }

  @AfterEach
  void close() throws Exception {
    sql.close();
  }

  /** Where {@code views.arrow} says how many rows its first batch has. */
  private static final int ROWS_OF_A_BATCH = 1760;

  /** Where {@code plain.arrow} says how many digits of its decimals are behind the point. */
  private static final int SCALE = 980;

  private static final String LISTS = "q(lt, ll, lf, ld, vv, fx, bb, dict, ts)";

  private static final String COLUMNS = "p(id, u8, d, \"dec\", b, ts, s, bin, cl, em, ll, tags)";

  @Test
  void whatIsNoFileOfThatKindIsToldByName() throws Exception {
    Files.write(sql.folder.resolve("empty.parquet"), new byte[0]);
    Files.write(sql.folder.resolve("empty.arrow"), new byte[0]);
    Files.writeString(sql.folder.resolve("text.parquet"), "id,name\n1,one\n");
    Files.writeString(sql.folder.resolve("text.arrow"), "id,name\n1,one\n");
    Files.writeString(sql.folder.resolve("both.parquet"), "PAR1" + "x".repeat(40) + "PAR1");
    Files.writeString(sql.folder.resolve("secret.parquet"), "PARE" + "x".repeat(40) + "PARE");
    Files.writeString(sql.folder.resolve("both.arrow"), "ARROW1\0\0" + "x".repeat(40) + "ARROW1");
    sql.fails(
        "22023", "empty.parquet: no whole Parquet file: it has 0", "COPY p FROM '@/empty.parquet'");
    sql.fails(
        "22023", "empty.arrow: no whole Arrow file: it is empty", "COPY p FROM '@/empty.arrow'");
    sql.fails("22023", "text.parquet: no whole Parquet file", "COPY p FROM '@/text.parquet'");
    sql.fails("22023", "text.arrow: no whole Arrow file", "COPY p FROM '@/text.arrow'");
    sql.fails(
        "22023",
        "both.parquet: no whole Parquet file: a footer of",
        "COPY p FROM '@/both.parquet'");
    sql.fails("0A000", "secret.parquet: encrypted", "COPY p FROM '@/secret.parquet'");
    sql.fails(
        "22023", "both.arrow: no whole Arrow file: a footer of", "COPY p FROM '@/both.arrow'");
    Files.write(sql.folder.resolve("x.parquet.gz"), new byte[] {1});
    sql.fails("0A000", "unpack it first", "COPY p FROM '@/x.parquet.gz'");
  }

  @Test
  void filesThatWereCutOffAreErrors() throws Exception {
    for (String file : List.of("plain.parquet", "plain.arrow", "stream.arrows", "zstd.feather")) {
      byte[] whole = Files.readAllBytes(sql.folder.resolve(file));
      for (int part = 1; part < 8; part++) {
        byte[] cut = Arrays.copyOf(whole, whole.length * part / 8);
        Files.write(sql.folder.resolve("cut." + file), cut);
        sql.fails("22023", "cut." + file, "COPY " + COLUMNS + " FROM '@/cut." + file + "'");
      }
    }
    sql.gives("SELECT COUNT(*) FROM p", "0");
  }

  /** A length of 2 GB in each place of a small file that may be one: no memory is taken for it. */
  @Test
  void hugeClaimsTakeNoMemory() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (String file : List.of("v2_zstd.parquet", "views.arrow")) {
      byte[] whole = Files.readAllBytes(sql.folder.resolve(file));
      for (int i = 0; i < 15; i++) {
        byte[] bytes = whole.clone();
        int at = random.nextInt(bytes.length / 4 - 1) * 4;
        Arrays.fill(bytes, at, at + 3, (byte) 0xff);
        bytes[at + 3] = 0x7f;
        attempt(file, bytes, "seed " + seed);
      }
    }
  }

  /** Else each of two billion rows would be a bad one, skipped on its own. */
  @Test
  void rowsThatAreOnlyClaimedAreNotTaken() throws Exception {
    byte[] bytes = Files.readAllBytes(sql.folder.resolve("views.arrow"));
    bytes[ROWS_OF_A_BATCH + 3] = 0x7f;
    Files.write(sql.folder.resolve("claimed.arrow"), bytes);
    sql.fails(
        "22023",
        "claimed.arrow, at row 1: a column of 32 rows where 2130706464 are claimed",
        "COPY " + COLUMNS + " FROM '@/claimed.arrow' ON ERROR SKIP INTO rejects");
  }

  /** Four bytes can say that a number has 16 million digits. */
  @Test
  void decimalsOfAnyScaleAreNotWrittenOut() throws Exception {
    byte[] bytes = Files.readAllBytes(sql.folder.resolve("plain.arrow"));
    bytes[SCALE + 2] = (byte) 0xff;
    Files.write(sql.folder.resolve("scale.arrow"), bytes);
    sql.fails(
        "22023",
        "scale.arrow, at row 1: dec: decimals of scale 16711683",
        "COPY " + COLUMNS + " FROM '@/scale.arrow'");
  }

  @Test
  void anyBytesAreRowsOrErrors() throws Exception {
    damage(60);
  }

  @Test
  @Tag("long")
  void anyBytesAreRowsOrErrorsAllTheMore() throws Exception {
    damage(5_000);
  }

  private void damage(int rounds) throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> files =
        List.of(
            "plain.parquet",
            "v1_dictionary_snappy.parquet",
            "v2_delta_gzip.parquet",
            "v2_zstd.parquet",
            "lz4.parquet",
            "plain.arrow",
            "lz4.feather",
            "stream.arrows",
            "views.arrow",
            "lists.parquet",
            "lists_v2.parquet",
            "lists.feather");
    for (int round = 0; round < rounds; round++) {
      String file = files.get(round % files.size());
      byte[] bytes = Files.readAllBytes(sql.folder.resolve(file));
      // Footers say the most: half of the damage is near the end.
      int from = random.nextBoolean() ? Math.max(0, bytes.length - 12_000) : 0;
      for (int i = random.nextInt(6); i >= 0; i--) {
        int at = from + random.nextInt(bytes.length - from);
        switch (random.nextInt(4)) {
          case 0 -> bytes[at] = (byte) random.nextInt(256);
          case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
          case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0x7f : 0xff);
          default -> bytes[at]++;
        }
      }
      attempt(file, bytes, "seed " + seed);
    }
  }

  private void attempt(String file, byte[] bytes, String place) throws Exception {
    Files.write(sql.folder.resolve("damaged." + file), bytes);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          try {
            sql.run(
                "COPY "
                    + (file.startsWith("lists") ? LISTS : COLUMNS)
                    + " FROM '@/damaged."
                    + file
                    + "' ON ERROR SKIP INTO rejects");
          } catch (SQLException e) {
            String message = String.valueOf(e.getMessage());
            assertTrue(message.contains("damaged." + file), place + ": " + message);
            assertTrue(
                List.of("22023", "22003", "0A000", "42703", "42701", "54000", "53200")
                    .contains(e.getSQLState()),
                place + ": " + e.getSQLState() + " " + message);
          }
        },
        () -> place + ": " + file);
  }
}
