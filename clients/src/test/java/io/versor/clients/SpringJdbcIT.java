package io.versor.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.SqlParameter;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.SimpleJdbcCall;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's JDBC: templates, transactions, and exceptions that say what went wrong. */
class SpringJdbcIT {
  @TempDir private Path store;

  private DataSource source;
  private JdbcTemplate jdbc;

  /** A row as Spring maps it, by the names of its columns. */
  record Pet(int id, String name, BigDecimal weight, LocalDate born) {}

  @BeforeEach
  void table() {
    VersorJar.driver(); // registers it
    source = new DriverManagerDataSource(VersorJar.url(store));
    jdbc = new JdbcTemplate(source);
    jdbc.execute(
        "CREATE TABLE pets (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL,"
            + " weight DECIMAL(6, 2), born DATE)");
    jdbc.update(
        "INSERT INTO pets VALUES (?, ?, ?, ?)",
        1,
        "Tom",
        new BigDecimal("4.20"),
        LocalDate.of(2020, 2, 29));
  }

  @Test
  void templatesInsertReadChangeAndDelete() {
    assertEquals(
        List.of(new Pet(1, "Tom", new BigDecimal("4.20"), LocalDate.of(2020, 2, 29))),
        jdbc.query("SELECT * FROM pets", new DataClassRowMapper<>(Pet.class)));
    assertEquals(1, jdbc.update("UPDATE pets SET weight = weight + ? WHERE id = ?", 0.3, 1));
    assertEquals(
        new BigDecimal("4.50"), jdbc.queryForObject("SELECT weight FROM pets", BigDecimal.class));
    Map<String, Object> row = jdbc.queryForMap("SELECT * FROM pets WHERE name LIKE ?", "T%");
    assertEquals(Date.valueOf("2020-02-29"), row.get("born"));
    assertEquals(1, jdbc.update("DELETE FROM pets WHERE id = ?", 1));
    assertThrows(
        EmptyResultDataAccessException.class,
        () -> jdbc.queryForObject("SELECT name FROM pets", String.class));
  }

  @Test
  void batchesAndLists() {
    int[][] counts =
        jdbc.batchUpdate(
            "INSERT INTO pets (id, name) VALUES (?, ?)",
            List.of(2, 3, 4, 5, 6),
            2,
            (statement, id) -> {
              statement.setInt(1, id);
              statement.setString(2, "pet " + id);
            });
    assertArrayEquals(new int[][] {{1, 1}, {1, 1}, {1}}, counts);
    NamedParameterJdbcTemplate named = new NamedParameterJdbcTemplate(jdbc);
    assertEquals(
        List.of("pet 2", "pet 5"),
        named.queryForList(
            "SELECT name FROM pets WHERE id IN (:ids) ORDER BY id",
            Map.of("ids", List.of(2, 5, 99)),
            String.class));
    assertArrayEquals(
        new int[] {1, 0},
        named.batchUpdate(
            "UPDATE pets SET name = :name WHERE id = :id",
            new SqlParameterSource[] {
              new MapSqlParameterSource("id", 2).addValue("name", "two"),
              new MapSqlParameterSource("id", 77).addValue("name", "none")
            }));
    try (Stream<String> names =
        JdbcClient.create(source)
            .sql("SELECT name FROM pets WHERE id < :id ORDER BY id")
            .param("id", 4)
            .query(String.class)
            .stream()) {
      assertEquals(List.of("Tom", "two", "pet 3"), names.toList());
    }
  }

  @Test
  void insertsAreMadeFromMetadata() {
    SimpleJdbcInsert insert = new SimpleJdbcInsert(source).withTableName("pets");
    insert.execute(Map.of("id", 8, "name", "Rex", "born", LocalDate.of(2024, 1, 31)));
    insert.executeBatch(
        new MapSqlParameterSource("id", 9).addValue("name", "Ada"),
        new MapSqlParameterSource("id", 10).addValue("name", "Bob"));
    assertEquals(
        List.of("Rex", "Ada", "Bob"),
        jdbc.queryForList("SELECT name FROM pets WHERE id > 1 ORDER BY id", String.class));
  }

  @Test
  void numbersOfIdentityColumnsAreHandedBack() {
    jdbc.execute(
        "CREATE TABLE visits (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, note TEXT)");
    SimpleJdbcInsert named =
        new SimpleJdbcInsert(source).withTableName("visits").usingGeneratedKeyColumns("id");
    assertEquals(1L, named.executeAndReturnKey(Map.of("note", "first")));
    assertEquals(2L, named.executeAndReturnKey(Map.of("note", "second")));
    KeyHolder keys = new GeneratedKeyHolder();
    jdbc.update(
        connection -> {
          PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO visits (note) VALUES (?)", Statement.RETURN_GENERATED_KEYS);
          insert.setString(1, "third");
          return insert;
        },
        keys);
    assertEquals(3L, keys.getKey());
    assertEquals(
        List.of("first", "second", "third"),
        jdbc.queryForList("SELECT note FROM visits ORDER BY id", String.class));
  }

  @Test
  void failuresAreTranslatedByWhatTheyAre() {
    assertThrows(
        DuplicateKeyException.class,
        () -> jdbc.update("INSERT INTO pets VALUES (1, 'x', 0, NULL)"));
    assertThrows(
        DataIntegrityViolationException.class,
        () -> jdbc.update("INSERT INTO pets (id) VALUES (2)"));
    assertThrows(
        DataIntegrityViolationException.class,
        () -> jdbc.update("INSERT INTO pets VALUES (2, ?, 0, NULL)", "x".repeat(21)));
    assertThrows(
        DataIntegrityViolationException.class,
        () -> jdbc.queryForList("SELECT 1 / (id - 1) FROM pets"));
    assertThrows(BadSqlGrammarException.class, () -> jdbc.execute("SELEKT 1"));
    assertThrows(BadSqlGrammarException.class, () -> jdbc.queryForList("SELECT * FROM pest"));
    assertThrows(BadSqlGrammarException.class, () -> jdbc.queryForList("SELECT nmae FROM pets"));
    assertEquals(1, jdbc.queryForObject("SELECT COUNT(*) FROM pets", Integer.class));
  }

  @Test
  void theLoserOfARaceGetsAConcurrencyFailureAndMayTryAgain() {
    TransactionTemplate outer = new TransactionTemplate(new JdbcTransactionManager(source));
    TransactionTemplate inner = new TransactionTemplate(new JdbcTransactionManager(source));
    inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    assertThrows(
        ConcurrencyFailureException.class,
        () ->
            outer.executeWithoutResult(
                first -> {
                  jdbc.update("UPDATE pets SET name = 'first' WHERE id = 1");
                  inner.executeWithoutResult(
                      second -> jdbc.update("UPDATE pets SET name = 'second' WHERE id = 1"));
                }));
    assertEquals("second", jdbc.queryForObject("SELECT name FROM pets", String.class));
    outer.executeWithoutResult(again -> jdbc.update("UPDATE pets SET name = 'again'"));
    assertEquals("again", jdbc.queryForObject("SELECT name FROM pets", String.class));
  }

  @Test
  void transactionsRollBackToTheirStartAndNestedOnesToTheirs() {
    TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    TransactionTemplate nested = new TransactionTemplate(transaction.getTransactionManager());
    nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    transaction.executeWithoutResult(
        outer -> {
          jdbc.update("INSERT INTO pets (id, name) VALUES (2, 'kept')");
          nested.executeWithoutResult(
              inner -> {
                jdbc.update("INSERT INTO pets (id, name) VALUES (3, 'dropped')");
                inner.setRollbackOnly();
              });
        });
    assertEquals(List.of(1, 2), ids());
    assertThrows(
        IllegalStateException.class,
        () ->
            transaction.executeWithoutResult(
                outer -> {
                  jdbc.update("DELETE FROM pets");
                  throw new IllegalStateException("changed my mind");
                }));
    assertEquals(List.of(1, 2), ids());
    transaction.setReadOnly(true);
    assertThrows(
        Exception.class,
        () -> transaction.executeWithoutResult(read -> jdbc.update("DELETE FROM pets")));
    assertEquals(List.of(1, 2), ids());
  }

  private List<Integer> ids() {
    return jdbc.queryForList("SELECT id FROM pets ORDER BY id", Integer.class);
  }

  @Test
  void proceduresAreCalledByTheNamesOfTheirArguments() {
    SimpleJdbcCall commit =
        new SimpleJdbcCall(source)
            .withSchemaName("versor")
            .withProcedureName("commit_version")
            .withoutProcedureColumnMetaDataAccess()
            .declareParameters(
                new SqlParameter("message", Types.VARCHAR),
                new SqlParameter("branch", Types.VARCHAR));
    Map<String, Object> out = commit.execute(Map.of("message", "by Spring", "branch", "main"));
    List<?> rows = (List<?>) out.get("#result-set-1");
    assertEquals(1, rows.size(), out.toString());
    assertEquals(
        "by Spring", jdbc.queryForObject("SELECT message FROM versor.log LIMIT 1", String.class));
  }

  @Test
  void versionsAreReadWithBoundRevisions() {
    jdbc.execute("COMMIT VERSION MESSAGE 'one pet'");
    jdbc.execute("CREATE BRANCH side");
    jdbc.update("UPDATE pets SET name = 'Thomas'");
    jdbc.update("INSERT INTO side.pets (id, name) VALUES (2, 'Rex')");
    assertEquals(
        "Tom", jdbc.queryForObject("SELECT name FROM pets AS OF COMMIT ?", String.class, "HEAD"));
    assertEquals(
        2, jdbc.queryForObject("SELECT COUNT(*) FROM pets AS OF BRANCH ?", Integer.class, "side"));
    assertEquals(
        List.of("modified"),
        jdbc.queryForList(
            "SELECT diff_type FROM TABLE(versor.diff('pets', ?, ?))",
            String.class,
            "HEAD",
            "WORKING"));
  }

  @Test
  void valuesOfEveryKindComeBackAsTheyWere() {
    jdbc.execute(
        "CREATE TABLE kinds (b BOOLEAN, s SMALLINT, l BIGINT, r REAL, d DOUBLE, t TIME(3),"
            + " ts TIMESTAMP(6), bytes VARBINARY, label CLASS_LABEL('cat', 'dog'), e EMBEDDING(3))");
    byte[] bytes = {0, -1, 127};
    LocalDateTime instant = LocalDateTime.of(1969, 12, 31, 23, 59, 59, 123_456_000);
    jdbc.update(
        "INSERT INTO kinds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        true,
        (short) -7,
        Long.MIN_VALUE,
        1.5f,
        Math.PI,
        LocalTime.of(23, 59, 59, 999_000_000),
        instant,
        bytes,
        "dog",
        new float[] {1, 2, 3});
    jdbc.query(
        "SELECT * FROM kinds",
        rows -> {
          assertTrue(rows.getBoolean("b"));
          assertEquals(-7, rows.getShort("s"));
          assertEquals(Long.MIN_VALUE, rows.getObject("l", Long.class));
          assertEquals(1.5f, rows.getFloat("r"));
          assertEquals(Math.PI, rows.getDouble("d"));
          assertEquals(LocalTime.of(23, 59, 59, 999_000_000), rows.getObject("t", LocalTime.class));
          assertEquals(instant, rows.getObject("ts", LocalDateTime.class));
          assertArrayEquals(bytes, rows.getBytes("bytes"));
          assertEquals("dog", rows.getString("label"));
          assertArrayEquals(new float[] {1, 2, 3}, rows.getObject("e", float[].class));
        });
  }

  @Test
  void aFailedBatchIsTranslatedByTheRowThatFailed() {
    assertThrows(
        DuplicateKeyException.class,
        () ->
            jdbc.batchUpdate(
                "INSERT INTO pets (id, name) VALUES (?, ?)",
                List.of(new Object[] {2, "b"}, new Object[] {1, "again"})));
    assertEquals("Tom", jdbc.queryForObject("SELECT name FROM pets WHERE id = 1", String.class));
  }
}
