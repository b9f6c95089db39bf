package io.versor.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.cfg.Configuration;
import org.hibernate.dialect.H2Dialect;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.tool.schema.spi.SchemaManagementException;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hibernate with H2's dialect: it makes the tables, checks them, and keeps objects in them. */
class HibernateIT {
  @TempDir private Path store;

  private SessionFactory sessions;

  /** What kind of animal; stored by name. */
  public enum Kind {
    CAT,
    DOG
  }

  /** Somebody who has pets. */
  @Entity(name = "Owner")
  @Table(name = "owners")
  public static class Owner {
    @Id public int id;

    @Column(length = 40, nullable = false)
    public String name = "";

    @OneToMany(mappedBy = "owner")
    public List<Pet> pets = new ArrayList<>();
  }

  /** An object with a field of each common type. */
  @Entity(name = "Pet")
  @Table(name = "pets")
  public static class Pet {
    @Id public int id;

    @Column(length = 20, nullable = false)
    public String name = "";

    @Enumerated(EnumType.STRING)
    @Column(columnDefinition = "varchar(10)")
    public @Nullable Kind kind;

    @Column(precision = 6, scale = 2)
    public @Nullable BigDecimal weight;

    public @Nullable LocalDate born;
    public @Nullable LocalDateTime seen;
    public @Nullable Instant fed;

    @JdbcTypeCode(SqlTypes.VARCHAR)
    @Column(length = 36)
    public @Nullable UUID chip;

    public boolean tame;
    public double speed;

    @Basic public byte @Nullable [] picture;

    @ManyToOne public @Nullable Owner owner;

    @ElementCollection public List<String> toys = new ArrayList<>();

    @Version public int version;
  }

  /** An object whose id the database gives. */
  @Entity(name = "Visit")
  @Table(name = "visits")
  public static class Visit {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public @Nullable Long id;

    public String note = "";

    @ManyToOne public @Nullable Visit after;
  }

  @BeforeEach
  void open() {
    sessions = configuration("create").buildSessionFactory();
  }

  private Configuration configuration(String tables) {
    VersorJar.driver(); // registers it
    return new Configuration()
        .addAnnotatedClass(Owner.class)
        .addAnnotatedClass(Pet.class)
        .addAnnotatedClass(Visit.class)
        .setProperty("hibernate.connection.url", VersorJar.url(store))
        .setProperty("hibernate.connection.driver_class", StandInDriver.class.getName())
        .setProperty("hibernate.dialect", H2Dialect.class.getName())
        .setProperty("hibernate.jdbc.batch_size", "10")
        .setProperty("hibernate.hbm2ddl.auto", tables);
  }

  @AfterEach
  void close() {
    sessions.close();
  }

  @Test
  void idsAreGivenByTheDatabase() {
    sessions.inTransaction(
        session -> {
          Visit first = new Visit();
          first.note = "first";
          session.persist(first);
          assertEquals(1L, first.id);
          Visit second = new Visit();
          second.note = "second";
          second.after = first;
          session.persist(second);
          assertEquals(2L, second.id);
        });
    sessions.inTransaction(
        session -> {
          Visit second = session.find(Visit.class, 2L);
          assertEquals("first", second.after.note);
          Visit third = new Visit();
          session.persist(third);
          assertEquals(3L, third.id);
        });
  }

  private Pet tom() {
    Pet tom = new Pet();
    tom.id = 1;
    tom.name = "Tom";
    tom.kind = Kind.CAT;
    tom.weight = new BigDecimal("4.20");
    tom.born = LocalDate.of(2020, 2, 29);
    tom.seen = LocalDateTime.of(2026, 1, 2, 3, 4, 5, 678_901_000);
    tom.fed = Instant.parse("2026-01-02T03:04:05.678901Z");
    tom.chip = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
    tom.tame = true;
    tom.speed = 13.5;
    tom.picture = new byte[] {0, -1, 127};
    tom.toys.addAll(List.of("ball", "mouse"));
    return tom;
  }

  private void persistTomAndAda() {
    sessions.inTransaction(
        session -> {
          Owner ada = new Owner();
          ada.id = 7;
          ada.name = "Ada";
          session.persist(ada);
          Pet tom = tom();
          tom.owner = ada;
          session.persist(tom);
        });
  }

  @Test
  void objectsAreKeptFoundChangedAndRemoved() {
    persistTomAndAda();
    sessions.inTransaction(
        session -> {
          Pet found = session.find(Pet.class, 1);
          Pet tom = tom();
          assertEquals(tom.kind, found.kind);
          assertEquals(tom.weight, found.weight);
          assertEquals(tom.born, found.born);
          assertEquals(tom.seen, found.seen);
          assertEquals(tom.fed, found.fed);
          assertEquals(tom.chip, found.chip);
          assertTrue(found.tame);
          assertEquals(tom.speed, found.speed);
          assertArrayEquals(tom.picture, found.picture);
          assertEquals(tom.toys, found.toys.stream().sorted().toList());
          assertEquals("Ada", found.owner.name);
          found.name = "Thomas";
          found.toys.remove("ball");
        });
    sessions.inTransaction(
        session -> {
          Pet found = session.find(Pet.class, 1);
          assertEquals("Thomas", found.name);
          assertEquals(List.of("mouse"), found.toys);
          assertEquals(1, found.owner.pets.size());
          session.remove(found);
        });
    sessions.inSession(session -> assertNull(session.find(Pet.class, 1)));
  }

  @Test
  void queriesWithJoinsGroupsParametersAndPages() {
    persistTomAndAda();
    sessions.inTransaction(
        session -> {
          for (int id = 10; id < 30; id++) {
            Pet pet = new Pet();
            pet.id = id;
            pet.name = "pet " + id;
            pet.kind = id % 2 == 0 ? Kind.CAT : Kind.DOG;
            pet.weight = new BigDecimal(id);
            session.persist(pet);
          }
        });
    sessions.inTransaction(
        session -> {
          assertEquals(
              List.of(15, 16, 17),
              session
                  .createQuery(
                      "select p.id from Pet p where p.id >= :id order by p.id", Integer.class)
                  .setParameter("id", 10)
                  .setFirstResult(5)
                  .setMaxResults(3)
                  .getResultList());
          assertEquals(
              List.of("Tom"),
              session
                  .createQuery(
                      "select p.name from Pet p join p.owner o where o.name like :name escape '!'"
                          + " and p.kind in :kinds",
                      String.class)
                  .setParameter("name", "A%")
                  .setParameterList("kinds", List.of(Kind.CAT, Kind.DOG))
                  .getResultList());
          List<Object[]> groups =
              session
                  .createQuery(
                      "select p.kind, count(*), max(p.weight) from Pet p group by p.kind"
                          + " having count(*) > 1 order by p.kind",
                      Object[].class)
                  .getResultList();
          assertEquals(2, groups.size());
          assertEquals(11L, groups.get(0)[1]);
          assertEquals(
              2,
              session
                  .createMutationQuery(
                      "update Pet p set p.name = upper(p.name) where p.id between 10 and 11")
                  .executeUpdate());
          assertEquals(
              18,
              session.createMutationQuery("delete from Pet p where p.id >= 12").executeUpdate());
          assertEquals(
              "PET 10",
              session.createQuery("from Pet p where p.id = 10", Pet.class).getSingleResult().name);
        });
  }

  @Test
  void whatIsBrokenIsToldApart() {
    persistTomAndAda();
    PersistenceException twice =
        assertThrows(
            PersistenceException.class, () -> sessions.inTransaction(s -> s.persist(tom())));
    assertInstanceOf(ConstraintViolationException.class, twice);
    Pet nameless = tom();
    nameless.id = 2;
    nameless.name = "x".repeat(21);
    assertThrows(
        PersistenceException.class, () -> sessions.inTransaction(s -> s.persist(nameless)));
    sessions.inSession(
        session ->
            assertEquals(
                1L, session.createQuery("select count(*) from Pet", Long.class).getSingleResult()));
  }

  @Test
  void theLoserOfARaceIsTold() {
    persistTomAndAda();
    try (Session slow = sessions.openSession()) {
      slow.beginTransaction();
      Pet mine = slow.find(Pet.class, 1);
      sessions.inTransaction(fast -> fast.find(Pet.class, 1).name = "faster");
      mine.name = "slower";
      PersistenceException lost =
          assertThrows(PersistenceException.class, () -> slow.getTransaction().commit());
      assertNotNull(lost.getMessage());
    }
    sessions.inSession(s -> assertEquals("faster", s.find(Pet.class, 1).name));
    try (Session stale = sessions.openSession()) {
      Pet mine = stale.find(Pet.class, 1);
      stale.clear();
      sessions.inTransaction(fast -> fast.find(Pet.class, 1).name = "fastest");
      mine.name = "stale";
      stale.beginTransaction();
      assertThrows(
          OptimisticLockException.class,
          () -> {
            stale.merge(mine);
            stale.getTransaction().commit();
          });
    }
  }

  @Test
  void tablesAreValidated() throws SQLException {
    configuration("validate").buildSessionFactory().close();
    try (Connection connection = VersorJar.open(store)) {
      Sql.run(connection, "ALTER TABLE pets DROP COLUMN chip");
    }
    assertThrows(
        SchemaManagementException.class, () -> configuration("validate").buildSessionFactory());
  }

  @Test
  void oldVersionsAreReadAsObjects() {
    persistTomAndAda();
    sessions.inTransaction(
        s -> s.doWork(connection -> Sql.run(connection, "COMMIT VERSION MESSAGE 'Tom'")));
    sessions.inTransaction(s -> s.find(Pet.class, 1).name = "Thomas");
    sessions.inSession(
        session -> {
          Pet then =
              session
                  .createNativeQuery("SELECT * FROM pets AS OF COMMIT :revision", Pet.class)
                  .setParameter("revision", "HEAD")
                  .getSingleResult();
          assertEquals("Tom", then.name);
        });
  }
}
