package io.versor.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.calcite.adapter.jdbc.JdbcSchema;
import org.apache.calcite.jdbc.CalciteConnection;
import org.apache.calcite.schema.SchemaPlus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another Calcite, of the application, that federates to a store: two Calcites in one process, each
 * under its own name.
 */
class CalciteIT {
  @TempDir private Path store;

  private Connection versor;
  private Connection calcite;

  @BeforeEach
  void open() throws SQLException {
    versor = VersorJar.open(store);
    Sql.run(
        versor,
        "CREATE TABLE pets (id INTEGER PRIMARY KEY, name VARCHAR(20), weight DECIMAL(6, 2),"
            + " born DATE)",
        "INSERT INTO pets VALUES (1, 'Tom', 4.20, DATE '2020-02-29'), (2, 'Rex', 30, NULL),"
            + " (3, 'Ada', NULL, DATE '2023-01-31')",
        "CREATE TABLE visits (pet INTEGER NOT NULL, cost DOUBLE)",
        "INSERT INTO visits VALUES (1, 10), (1, 5.5), (2, 7)",
        "COMMIT VERSION MESSAGE 'pets'",
        "CREATE BRANCH side",
        "UPDATE side.pets SET name = 'Thomas' WHERE id = 1");
    Properties properties = new Properties();
    properties.setProperty("lex", "JAVA");
    calcite = DriverManager.getConnection("jdbc:calcite:", properties);
    SchemaPlus root = calcite.unwrap(CalciteConnection.class).getRootSchema();
    DataSource source =
        JdbcSchema.dataSource(VersorJar.url(store), StandInDriver.class.getName(), "ada", "");
    for (String branch : new String[] {"main", "side"}) {
      root.add(branch, JdbcSchema.create(root, branch, source, null, branch));
    }
  }

  @AfterEach
  void close() throws SQLException {
    calcite.close();
    versor.close();
  }

  @Test
  void queriesArePushedDownToTheStore() throws SQLException {
    String plan =
        Sql.text(
            calcite,
            "EXPLAIN PLAN FOR SELECT name FROM main.pets WHERE weight > 5 ORDER BY name LIMIT 1");
    assertTrue(plan.contains("JdbcFilter"), plan);
    assertEquals(
        "Tom|4.20|2020-02-29; Ada|null|2023-01-31",
        Sql.text(
            calcite,
            "SELECT name, weight, born FROM main.pets WHERE born IS NOT NULL ORDER BY id"));
    assertEquals(
        "Rex|1|7.0; Tom|2|15.5",
        Sql.text(
            calcite,
            "SELECT p.name, COUNT(*), SUM(v.cost) FROM main.pets p JOIN main.visits v"
                + " ON p.id = v.pet GROUP BY p.name ORDER BY p.name"));
    assertEquals(
        "3", Sql.text(calcite, "SELECT COUNT(*) FROM main.pets WHERE CHAR_LENGTH(name) = 3"));
    assertEquals(
        "2",
        Sql.text(
            calcite,
            "SELECT id FROM main.pets WHERE weight = (SELECT MAX(weight) FROM main.pets)"));
  }

  @Test
  void branchesAreJoined() throws SQLException {
    assertEquals(
        "Tom|Thomas",
        Sql.text(
            calcite,
            "SELECT m.name, s.name FROM main.pets m JOIN side.pets s ON m.id = s.id"
                + " WHERE m.name <> s.name"));
  }

  @Test
  void rowsAreWrittenThrough() throws SQLException {
    Sql.run(
        calcite,
        "INSERT INTO main.pets(id, name, weight, born) VALUES (9, 'Bob', 1.5, DATE '2024-02-29')");
    assertEquals(
        "Bob|1.50|2024-02-29",
        Sql.text(versor, "SELECT name, weight, born FROM pets WHERE id = 9"));
  }

  @Test
  void theTwoCalcitesDoNotMeet() throws ReflectiveOperationException {
    Class<?> shaded =
        Class.forName("io.versor.shaded.org.apache.calcite.rel.RelNode", false, VersorJar.loader());
    assertNotSame(org.apache.calcite.rel.RelNode.class, shaded);
  }
}
