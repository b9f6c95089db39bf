package io.versor.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import schemacrawler.inclusionrule.RegularExpressionExclusionRule;
import schemacrawler.schema.Catalog;
import schemacrawler.schema.Column;
import schemacrawler.schema.NamedObject;
import schemacrawler.schema.Schema;
import schemacrawler.schema.Table;
import schemacrawler.schema.View;
import schemacrawler.schemacrawler.LimitOptionsBuilder;
import schemacrawler.schemacrawler.LoadOptionsBuilder;
import schemacrawler.schemacrawler.SchemaCrawlerOptions;
import schemacrawler.schemacrawler.SchemaCrawlerOptionsBuilder;
import schemacrawler.schemacrawler.SchemaInfoLevelBuilder;
import schemacrawler.tools.executable.SchemaCrawlerExecutable;
import schemacrawler.tools.options.OutputOptionsBuilder;
import schemacrawler.tools.utility.SchemaCrawlerUtility;
import us.fatehi.utility.datasource.DatabaseConnectionSource;
import us.fatehi.utility.datasource.DatabaseConnectionSources;

/** SchemaCrawler reads all that metadata has to say, and draws the documentation of a store. */
class SchemaCrawlerIT {
  /** SchemaCrawler logs every step through the root logger. */
  private static final Logger LOG = Logger.getLogger("");

  @TempDir private Path store;
  @TempDir private Path documents;

  private Level before;

  @BeforeEach
  void quiet() {
    before = LOG.getLevel();
    LOG.setLevel(Level.WARNING);
  }

  @AfterEach
  void asBefore() {
    LOG.setLevel(before);
  }

  @BeforeEach
  void tables() throws SQLException {
    try (Connection connection = VersorJar.open(store)) {
      Sql.run(
          connection,
          "CREATE TABLE pets (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL,"
              + " weight DECIMAL(6, 2), photo IMAGE('jpeg'), kind CLASS_LABEL('cat', 'dog'),"
              + " code TEXT UNIQUE)",
          "COMMENT ON TABLE pets IS 'one row a pet'",
          "CREATE TABLE visits (pet INTEGER NOT NULL, seen TIMESTAMP)",
          "CREATE VIEW cats AS SELECT id, name FROM pets WHERE kind = 'cat'",
          "COMMIT VERSION MESSAGE 'tables'",
          "CREATE BRANCH side");
    }
  }

  private static SchemaCrawlerOptions everything() {
    return SchemaCrawlerOptionsBuilder.newSchemaCrawlerOptions()
        .withLimitOptions(
            LimitOptionsBuilder.builder()
                .includeSchemas(new RegularExpressionExclusionRule(Pattern.compile("versor")))
                .toOptions())
        .withLoadOptions(
            LoadOptionsBuilder.builder()
                .withSchemaInfoLevel(SchemaInfoLevelBuilder.maximum())
                .toOptions());
  }

  private DatabaseConnectionSource source() throws SQLException {
    return DatabaseConnectionSources.fromConnection(VersorJar.open(store));
  }

  private static List<String> names(Iterable<? extends NamedObject> objects) {
    List<String> names = new ArrayList<>();
    objects.forEach(object -> names.add(object.getName()));
    return names;
  }

  @Test
  @SuppressWarnings("try") // its close may be interrupted
  void aFullCrawlFindsBranchesTablesColumnsKeysAndViews() throws Exception {
    try (DatabaseConnectionSource source = source()) {
      Catalog catalog = SchemaCrawlerUtility.getCatalog(source, everything());
      List<String> schemas = names(catalog.getSchemas());
      assertTrue(schemas.containsAll(List.of("main", "side")), schemas.toString());
      assertFalse(schemas.contains("versor"), schemas.toString());
      Schema side =
          catalog.getSchemas().stream()
              .filter(schema -> schema.getName().equals("side"))
              .findFirst()
              .orElseThrow();
      assertEquals(
          List.of("cats", "pets", "visits"),
          names(catalog.getTables(side)).stream().sorted().toList());
      Table pets = catalog.lookupTable(side, "pets").orElseThrow();
      assertEquals(
          List.of("id", "name", "weight", "photo", "kind", "code"), names(pets.getColumns()));
      assertEquals("one row a pet", pets.getRemarks());
      Column weight = pets.lookupColumn("weight").orElseThrow();
      assertEquals("DECIMAL", weight.getColumnDataType().getName());
      assertEquals(6, weight.getSize());
      assertEquals(2, weight.getDecimalDigits());
      assertTrue(weight.isNullable());
      assertFalse(pets.lookupColumn("name").orElseThrow().isNullable());
      assertTrue(pets.lookupColumn("id").orElseThrow().isPartOfPrimaryKey());
      assertEquals(List.of("id"), names(pets.getPrimaryKey().getConstrainedColumns()));
      assertInstanceOf(View.class, catalog.lookupTable(side, "cats").orElseThrow());
      assertEquals("Versor", catalog.getDatabaseInfo().getDatabaseProductName());
    }
  }

  @Test
  void itWritesTheDocumentationOfAStore() throws Exception {
    assertDocument("text");
    assertDocument("html");
  }

  @SuppressWarnings("try") // its close may be interrupted
  private void assertDocument(String format) throws Exception {
    Path document = documents.resolve("store." + format);
    SchemaCrawlerExecutable run = new SchemaCrawlerExecutable("schema");
    run.setSchemaCrawlerOptions(everything());
    run.setOutputOptions(
        OutputOptionsBuilder.builder()
            .withOutputFormatValue(format)
            .withOutputFile(document)
            .toOptions());
    try (DatabaseConnectionSource source = source()) {
      run.setDataSource(source);
      run.execute();
    }
    String text = Files.readString(document);
    for (String part : List.of("side.pets", "main.visits", "CLASS_LABEL", "primary key")) {
      assertTrue(text.contains(part), part + " in " + text);
    }
  }
}
