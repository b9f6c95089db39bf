package io.versor.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.builder.xml.XMLMapperBuilder;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.apache.ibatis.exceptions.PersistenceException;
import org.apache.ibatis.executor.BatchResult;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.RowBounds;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MyBatis: mappers by annotation and by XML, over its own pool. */
class MyBatisIT {
  private static final String PETS = "pets.xml";

  @TempDir private Path store;

  private SqlSessionFactory sessions;

  /** What kind of animal; stored by name. */
  public enum Kind {
    CAT,
    DOG
  }

  /** A row, with the fields that MyBatis sets. */
  public static final class Pet {
    public int id;
    public @Nullable String name;
    public @Nullable Kind kind;
    public @Nullable BigDecimal weight;
    public @Nullable LocalDate born;
    public byte @Nullable [] picture;
    public List<String> toys = new ArrayList<>();

    public Pet() {}

    Pet(int id, String name, Kind kind) {
      this.id = id;
      this.name = name;
      this.kind = kind;
    }
  }

  /** A row whose id the database gives. */
  public static final class Visit {
    public long id;
    public String note = "";
  }

  /** Statements by annotation; the others are in {@code pets.xml}. */
  public interface Pets {
    @Insert("INSERT INTO pets VALUES (#{id}, #{name}, #{kind}, #{weight}, #{born}, #{picture})")
    int add(Pet pet);

    @Insert("INSERT INTO visits (note) VALUES (#{note})")
    @Options(useGeneratedKeys = true, keyProperty = "id")
    int visit(Visit visit);

    @Select("SELECT * FROM pets WHERE id = #{id}")
    @Nullable Pet find(int id);

    @Update("UPDATE pets SET name = #{name} WHERE id = #{id}")
    int rename(@Param("id") int id, @Param("name") String name);

    @Select("SELECT * FROM pets ORDER BY id")
    List<Pet> page(RowBounds bounds);

    @Select("SELECT * FROM pets ORDER BY id")
    @Options(fetchSize = 2)
    Cursor<Pet> all();

    @Select("SELECT name FROM pets AS OF COMMIT #{revision} WHERE id = #{id}")
    @Nullable String nameAt(@Param("revision") String revision, @Param("id") int id);

    /** By a list of ids, a name pattern, or both: dynamic SQL. */
    List<Pet> search(@Param("ids") List<Integer> ids, @Param("pattern") @Nullable String pattern);

    /** With their toys, by a join that is folded into one object a pet. */
    List<Pet> withToys();
  }

  @Test
  void idsAreGivenByTheDatabase() throws SQLException {
    try (Connection connection = VersorJar.open(store)) {
      Sql.run(
          connection,
          "CREATE TABLE visits (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note TEXT)");
    }
    try (SqlSession session = sessions.openSession()) {
      Pets pets = session.getMapper(Pets.class);
      for (long expected = 1; expected <= 3; expected++) {
        Visit visit = new Visit();
        visit.note = "visit " + expected;
        assertEquals(1, pets.visit(visit));
        assertEquals(expected, visit.id);
      }
      session.commit();
    }
  }

  @BeforeEach
  void configure() throws SQLException, IOException {
    try (Connection connection = VersorJar.open(store)) {
      Sql.run(
          connection,
          "CREATE TABLE pets (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL,"
              + " kind CLASS_LABEL('CAT', 'DOG'), weight DECIMAL(6, 2), born DATE,"
              + " picture VARBINARY)",
          "CREATE TABLE toys (pet INTEGER NOT NULL, what VARCHAR(20) NOT NULL)");
    }
    PooledDataSource pool =
        new PooledDataSource(
            VersorJar.loader(), "io.versor.jdbc.Driver", VersorJar.url(store), new Properties());
    pool.setPoolPingEnabled(true);
    pool.setPoolPingQuery("SELECT 1");
    Configuration configuration =
        new Configuration(new Environment("test", new JdbcTransactionFactory(), pool));
    try (InputStream mapper = MyBatisIT.class.getResourceAsStream(PETS)) {
      new XMLMapperBuilder(mapper, configuration, PETS, configuration.getSqlFragments()).parse();
    }
    sessions = new SqlSessionFactoryBuilder().build(configuration);
  }

  @Test
  void mappersInsertReadAndChange() {
    try (SqlSession session = sessions.openSession()) {
      Pets pets = session.getMapper(Pets.class);
      Pet tom = new Pet(1, "Tom", Kind.CAT);
      tom.weight = new BigDecimal("4.20");
      tom.born = LocalDate.of(2020, 2, 29);
      tom.picture = new byte[] {1, 2, 3};
      assertEquals(1, pets.add(tom));
      assertEquals(1, pets.add(new Pet(2, "Rex", Kind.DOG)));
      Pet found = pets.find(1);
      assertEquals("Tom", found.name);
      assertEquals(Kind.CAT, found.kind);
      assertEquals(tom.weight, found.weight);
      assertEquals(tom.born, found.born);
      assertArrayEquals(tom.picture, found.picture);
      assertNull(pets.find(2).born);
      assertNull(pets.find(3));
      assertEquals(1, pets.rename(2, "Max"));
      assertEquals(0, pets.rename(3, "nobody"));
      session.commit();
    }
    try (SqlSession session = sessions.openSession()) {
      assertEquals("Max", session.getMapper(Pets.class).find(2).name);
    }
  }

  @Test
  void aSessionThatIsClosedWithoutCommitLeavesNothing() {
    try (SqlSession session = sessions.openSession()) {
      session.getMapper(Pets.class).add(new Pet(1, "Tom", Kind.CAT));
    }
    try (SqlSession session = sessions.openSession()) {
      assertNull(session.getMapper(Pets.class).find(1));
    }
  }

  @Test
  void dynamicSqlPagesCursorsAndJoins() throws Exception {
    addPets(7);
    try (SqlSession session = sessions.openSession()) {
      Pets pets = session.getMapper(Pets.class);
      assertEquals(List.of(2, 5), ids(pets.search(List.of(5, 2, 99), null)));
      assertEquals(List.of(1, 2, 3, 4, 5, 6, 7), ids(pets.search(List.of(), "pet %")));
      assertEquals(List.of(3), ids(pets.search(List.of(3, 4), "%3")));
      assertEquals(List.of(3, 4), ids(pets.page(new RowBounds(2, 2))));
      try (Cursor<Pet> all = pets.all()) {
        int sum = 0;
        for (Pet pet : all) {
          sum += pet.id;
        }
        assertEquals(28, sum);
      }
      Sql.run(
          session.getConnection(),
          "INSERT INTO toys VALUES (1, 'ball'), (1, 'mouse'), (2, 'bone')");
      List<Pet> withToys = pets.withToys();
      assertEquals(List.of(1, 2), ids(withToys));
      assertEquals(List.of("ball", "mouse"), withToys.get(0).toys);
      session.rollback();
    }
  }

  private void addPets(int count) {
    try (SqlSession session = sessions.openSession(ExecutorType.BATCH)) {
      Pets pets = session.getMapper(Pets.class);
      for (int id = 1; id <= count; id++) {
        pets.add(new Pet(id, "pet " + id, Kind.DOG));
      }
      List<BatchResult> results = session.flushStatements();
      assertEquals(count, results.get(0).getUpdateCounts().length);
      session.commit();
    }
  }

  private static List<Integer> ids(List<Pet> pets) {
    return pets.stream().map(pet -> pet.id).toList();
  }

  @Test
  void failuresKeepTheirSqlState() {
    addPets(1);
    try (SqlSession session = sessions.openSession()) {
      Pets pets = session.getMapper(Pets.class);
      PersistenceException twice =
          assertThrows(PersistenceException.class, () -> pets.add(new Pet(1, "x", Kind.CAT)));
      assertEquals("23505", assertInstanceOf(SQLException.class, twice.getCause()).getSQLState());
      Pet nameless = new Pet();
      nameless.id = 9;
      PersistenceException none =
          assertThrows(PersistenceException.class, () -> pets.add(nameless));
      assertEquals("23502", assertInstanceOf(SQLException.class, none.getCause()).getSQLState());
      assertEquals("pet 1", pets.find(1).name);
    }
  }

  @Test
  void versionsAreParametersLikeOthers() throws SQLException {
    addPets(1);
    try (SqlSession session = sessions.openSession(true)) {
      Pets pets = session.getMapper(Pets.class);
      Sql.run(session.getConnection(), "COMMIT VERSION MESSAGE 'one'");
      pets.rename(1, "renamed");
      Sql.run(session.getConnection(), "COMMIT VERSION MESSAGE 'two'");
      assertEquals("pet 1", pets.nameAt("HEAD~1", 1));
      assertEquals("renamed", pets.nameAt("HEAD", 1));
    }
  }
}
