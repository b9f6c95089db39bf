package io.versor.clients;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.primaryKey;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Meta;
import org.jooq.Record;
import org.jooq.Record2;
import org.jooq.SQLDialect;
import org.jooq.Schema;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.exception.SQLStateClass;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** jOOQ without a dialect of ours: the default one, and those of PostgreSQL and H2. */
class JooqIT {
  private static final Table<Record> PETS = table(name("pets"));
  private static final Field<Integer> ID = field(name("id"), SQLDataType.INTEGER);
  private static final Field<String> NAME = field(name("name"), SQLDataType.VARCHAR(20));
  private static final Field<BigDecimal> WEIGHT = field(name("weight"), SQLDataType.DECIMAL(6, 2));
  private static final Field<LocalDate> BORN = field(name("born"), SQLDataType.LOCALDATE);

  @TempDir private Path store;

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = VersorJar.open(store);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  /** The table, made by jOOQ, with three pets. */
  private DSLContext pets(SQLDialect dialect) {
    DSLContext jooq = DSL.using(connection, dialect);
    jooq.createTable(PETS)
        .column(ID, SQLDataType.INTEGER.notNull())
        .column(NAME, SQLDataType.VARCHAR(20).notNull())
        .column(WEIGHT)
        .column(BORN)
        .constraint(primaryKey(ID))
        .execute();
    assertEquals(
        3,
        jooq.insertInto(PETS, ID, NAME, WEIGHT, BORN)
            .values(1, "Tom", new BigDecimal("4.20"), LocalDate.of(2020, 2, 29))
            .values(2, "Rex", new BigDecimal("30.00"), null)
            .values(3, "Ada", null, LocalDate.of(2023, 1, 31))
            .execute());
    return jooq;
  }

  @ParameterizedTest
  @EnumSource(names = {"DEFAULT", "POSTGRES", "H2"})
  void rowsAreInsertedReadChangedAndDeleted(SQLDialect dialect) {
    DSLContext jooq = pets(dialect);
    assertEquals(
        List.of("Ada", "Tom"),
        jooq.select(NAME).from(PETS).where(BORN.isNotNull()).orderBy(NAME).fetch(NAME));
    assertEquals(List.of(2), jooq.select(ID).from(PETS).orderBy(ID).limit(1).offset(1).fetch(ID));
    assertEquals(1, jooq.update(PETS).set(WEIGHT, WEIGHT.add(val(0.5))).where(ID.eq(1)).execute());
    assertEquals(
        new BigDecimal("4.70"),
        jooq.select(WEIGHT).from(PETS).where(NAME.like("T%")).fetchSingle(WEIGHT));
    assertEquals(1, jooq.deleteFrom(PETS).where(ID.in(3, 77)).execute());
    assertEquals(2, jooq.fetchCount(PETS));
    assertTrue(jooq.fetchExists(PETS, NAME.eq("Rex").and(BORN.isNull())));
  }

  @Test
  void numbersOfIdentityColumnsAreReturned() {
    Table<Record> visits = table(name("visits"));
    DSL.using(connection, SQLDialect.POSTGRES)
        .createTable(visits)
        .column(ID, SQLDataType.INTEGER.identity(true))
        .column(NAME)
        .constraint(primaryKey(ID))
        .execute();
    Meta meta = DSL.using(connection, SQLDialect.DEFAULT).meta();
    assertTrue(meta.getTables("visits").get(0).field("id").getDataType().identity());
    DSLContext returning = DSL.using(connection, SQLDialect.HSQLDB); // asks JDBC, not SQL
    assertEquals(
        1, returning.insertInto(visits, NAME).values("first").returningResult(ID).fetchSingle(ID));
    assertEquals(
        List.of(2, 3),
        returning
            .insertInto(visits, NAME)
            .values("second")
            .values("third")
            .returningResult(ID)
            .fetch(ID));
  }

  @ParameterizedTest
  @EnumSource(names = {"DEFAULT", "POSTGRES", "H2"})
  void queriesOfEveryShape(SQLDialect dialect) {
    DSLContext jooq = pets(dialect);
    Table<Record> other = PETS.as("other");
    assertEquals(
        6,
        jooq.select(count())
            .from(PETS)
            .leftJoin(other)
            .on(
                field(name("pets", "id"), Integer.class)
                    .lt(field(name("other", "id"), Integer.class))
                    .or(val(true)))
            .where(field(name("pets", "id"), Integer.class).le(2))
            .fetchSingle()
            .value1());
    assertEquals(
        List.of(3, 2, 1),
        jooq.select(ID, rowNumber().over().orderBy(WEIGHT.desc().nullsFirst()).as("place"))
            .from(PETS)
            .orderBy(field(name("place")))
            .fetch(ID));
    assertEquals(
        new BigDecimal("34.20"),
        jooq.with("heavy")
            .as(select(WEIGHT).from(PETS).where(WEIGHT.gt(BigDecimal.ONE)))
            .select(sum(WEIGHT))
            .from(table(name("heavy")))
            .fetchSingle()
            .value1());
    assertEquals(
        List.of(1, 2),
        jooq.select(ID)
            .from(PETS)
            .where(ID.eq(1))
            .unionAll(select(ID).from(PETS).where(ID.eq(2)))
            .orderBy(ID)
            .fetch(ID));
    try (Cursor<Record2<Integer, String>> cursor =
        jooq.select(ID, NAME).from(PETS).orderBy(ID).fetchSize(1).fetchLazy()) {
      assertEquals("Tom", cursor.fetchNext().value2());
    }
    assertEquals(
        List.of("TOM", "REX", "ADA"),
        jooq.select(DSL.upper(NAME).as("loud")).from(PETS).orderBy(ID).fetch("loud"));
  }

  @Test
  void batches() {
    DSLContext jooq = pets(SQLDialect.DEFAULT);
    assertArrayEquals(
        new int[] {1, 1},
        jooq.batch(jooq.insertInto(PETS, ID, NAME).values((Integer) null, null))
            .bind(4, "Bob")
            .bind(5, "Eve")
            .execute());
    assertArrayEquals(
        new int[] {1, 2},
        jooq.batch(
                jooq.deleteFrom(PETS).where(ID.eq(inline(1))),
                jooq.deleteFrom(PETS).where(ID.le(inline(3))))
            .execute());
    assertEquals(List.of("Bob", "Eve"), jooq.select(NAME).from(PETS).orderBy(ID).fetch(NAME));
  }

  @Test
  void transactionsCommitRollBackAndNest() {
    DSLContext jooq = pets(SQLDialect.POSTGRES);
    assertThrows(
        IllegalStateException.class,
        () ->
            jooq.transaction(
                outer -> {
                  outer.dsl().deleteFrom(PETS).execute();
                  throw new IllegalStateException("changed my mind");
                }));
    assertEquals(3, jooq.fetchCount(PETS));
    jooq.transaction(
        outer -> {
          outer.dsl().deleteFrom(PETS).where(ID.eq(1)).execute();
          assertThrows(
              DataAccessException.class,
              () ->
                  outer
                      .dsl()
                      .transaction(
                          inner -> {
                            inner.dsl().deleteFrom(PETS).execute();
                            inner.dsl().execute("SELECT nothing FROM nowhere");
                          }));
        });
    assertEquals(List.of(2, 3), jooq.select(ID).from(PETS).orderBy(ID).fetch(ID));
  }

  @Test
  void failuresAreClassifiedBySqlState() {
    DSLContext jooq = pets(SQLDialect.DEFAULT);
    assertEquals(
        "23505",
        assertThrows(
                IntegrityConstraintViolationException.class,
                () -> jooq.insertInto(PETS, ID, NAME).values(1, "again").execute())
            .sqlState());
    assertEquals(
        SQLStateClass.C42_SYNTAX_ERROR_OR_ACCESS_RULE_VIOLATION,
        assertThrows(DataAccessException.class, () -> jooq.fetch("SELECT * FROM pest"))
            .sqlStateClass());
    assertEquals(
        SQLStateClass.C22_DATA_EXCEPTION,
        assertThrows(
                DataAccessException.class,
                () -> jooq.insertInto(PETS, ID, NAME).values(9, "x".repeat(21)).execute())
            .sqlStateClass());
  }

  @Test
  void metadataMakesTablesToQuery() throws SQLException {
    DSLContext jooq = pets(SQLDialect.DEFAULT);
    Sql.run(
        connection,
        "CREATE VIEW light AS SELECT id FROM pets WHERE weight < 10",
        "COMMIT VERSION MESSAGE 'pets'",
        "CREATE BRANCH side");
    Meta meta = jooq.meta();
    List<String> schemas = meta.getSchemas().stream().map(Schema::getName).toList();
    assertTrue(schemas.containsAll(List.of("main", "side", "versor")), schemas.toString());
    Table<?> found =
        meta.filterSchemas(schema -> schema.getName().equals("side")).getTables("pets").get(0);
    assertEquals(
        List.of("id", "name", "weight", "born"),
        List.of(found.fields()).stream().map(Field::getName).toList());
    assertEquals(
        List.of("id"), found.getPrimaryKey().getFields().stream().map(Field::getName).toList());
    assertEquals(SQLDataType.DECIMAL.getType(), found.field("weight").getType());
    assertEquals(3, jooq.fetchCount(found));
    assertEquals(
        1,
        jooq.fetchCount(
            meta.filterSchemas(schema -> schema.getName().equals("main"))
                .getTables("light")
                .get(0)));
  }

  @Test
  void versionsAreReachedByPlainSqlInsideTheModel() throws SQLException {
    DSLContext jooq = pets(SQLDialect.DEFAULT);
    jooq.execute("COMMIT VERSION MESSAGE 'three pets'");
    jooq.execute("CREATE BRANCH side");
    jooq.deleteFrom(table(name("side", "pets"))).where(ID.eq(2)).execute();
    assertEquals(2, jooq.fetchCount(table(name("side", "pets"))));
    assertEquals(3, jooq.fetchCount(PETS));
    assertEquals(3, jooq.fetchCount(table("pets AS OF COMMIT {0}", val("HEAD"))));
    assertEquals(
        List.of(2),
        jooq.select(field(name("from_id"), Integer.class))
            .from("TABLE(versor.diff('pets', 'main', 'side:WORKING'))")
            .fetch(0, Integer.class));
  }
}
