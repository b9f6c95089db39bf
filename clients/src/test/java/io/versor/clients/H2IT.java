package io.versor.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.server.web.WebServer;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2: tables linked from another database, and its web console, which browses any driver. */
class H2IT {
  @TempDir private Path store;

  private Connection versor;
  private Connection h2;

  @BeforeEach
  void open() throws SQLException {
    versor = VersorJar.open(store);
    Sql.run(
        versor,
        "CREATE TABLE pets (id INTEGER PRIMARY KEY, name VARCHAR(20), weight DECIMAL(6, 2),"
            + " born DATE, seen TIMESTAMP, note TEXT, tame BOOLEAN, code VARBINARY)",
        "INSERT INTO pets VALUES (1, 'Tom', 4.20, DATE '2020-02-29',"
            + " TIMESTAMP '2026-01-02 03:04:05.678', 'naïve', TRUE, X'00FF')",
        "COMMIT VERSION MESSAGE 'one pet'",
        "CREATE BRANCH side");
    h2 = DriverManager.getConnection("jdbc:h2:mem:;CASE_INSENSITIVE_IDENTIFIERS=TRUE");
  }

  @AfterEach
  void close() throws SQLException {
    h2.close();
    versor.close();
  }

  private void link(String name, String schema) throws SQLException {
    Sql.run(
        h2,
        "CREATE LINKED TABLE "
            + name
            + "('', '"
            + VersorJar.url(store)
            + "', 'ada', '', '"
            + schema
            + "', 'pets')");
  }

  @Test
  void linkedTablesAreReadAndWritten() throws SQLException {
    link("pets", "main");
    assertEquals(
        "1|Tom|4.20|2020-02-29|2026-01-02 03:04:05.678|naïve|TRUE|00ff",
        Sql.text(h2, "SELECT id, name, weight, born, seen, note, tame, RAWTOHEX(code) FROM pets"));
    Sql.run(
        h2,
        "INSERT INTO pets VALUES (2, 'Rex', 30, NULL, NULL, NULL, FALSE, NULL)",
        "UPDATE pets SET name = 'Max', weight = weight + 0.5 WHERE id = 2",
        "INSERT INTO pets(id, name) SELECT x + 10, 'many ' || x FROM SYSTEM_RANGE(1, 3)",
        "DELETE FROM pets WHERE id = 12");
    assertEquals(
        "1|Tom; 2|Max; 11|many 1; 13|many 3",
        Sql.text(versor, "SELECT id, name FROM pets ORDER BY id"));
    assertEquals("30.50", Sql.text(versor, "SELECT weight FROM pets WHERE id = 2"));
    assertEquals("Max", Sql.text(h2, "SELECT name FROM pets WHERE id BETWEEN 2 AND 9"));
  }

  @Test
  void branchesAreLinkedSideBySide() throws SQLException {
    link("pets", "main");
    link("side_pets", "side");
    Sql.run(h2, "UPDATE side_pets SET name = 'Thomas'");
    assertEquals(
        "Tom|Thomas",
        Sql.text(h2, "SELECT m.name, s.name FROM pets m JOIN side_pets s ON m.id = s.id"));
    SQLException twice =
        assertThrows(SQLException.class, () -> Sql.run(h2, "INSERT INTO side_pets(id) VALUES (1)"));
    assertTrue(String.valueOf(twice.getMessage()).contains("side.pets"), twice.getMessage());
    assertEquals("1", Sql.text(versor, "SELECT COUNT(*) FROM side.pets"));
  }

  @Test
  void theWebConsoleBrowsesAndQueries() throws Exception {
    WebServer console = new WebServer();
    Server server =
        new Server(
            console, "-webPort", "0", "-properties", "null", "-webExternalNames", "localhost");
    server.start();
    try {
      HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
      String root = "http://localhost:" + server.getPort() + "/";
      Matcher session =
          Pattern.compile("jsessionid=([0-9a-f]+)").matcher(get(browser, root + "login.jsp"));
      assertTrue(session.find());
      String suffix = "?jsessionid=" + session.group(1);
      String login =
          suffix
              + "&driver=&user=ada&password=&url="
              + URLEncoder.encode(VersorJar.url(store), StandardCharsets.UTF_8);
      get(browser, root + "login.do" + login);
      String tree = get(browser, root + "tables.do" + suffix);
      for (String part : new String[] {"pets", "weight", "DECIMAL", "side"}) {
        assertTrue(tree.contains(part), part + " in " + tree);
      }
      String rows =
          get(
              browser,
              root
                  + "query.do"
                  + suffix
                  + "&sql="
                  + URLEncoder.encode(
                      "SELECT id, name FROM pets; SELECT * FROM pest", StandardCharsets.UTF_8));
      String result = followed(browser, root, suffix, rows);
      assertTrue(result.contains("Tom"), result);
      assertTrue(result.contains("42P01"), result);
    } finally {
      server.stop();
    }
  }

  /** The console runs a query when its result frame is fetched. */
  private static String followed(HttpClient browser, String root, String suffix, String page)
      throws IOException, InterruptedException {
    Matcher next = Pattern.compile("result\\.do\\?[^\"']*").matcher(page);
    return next.find() ? get(browser, root + next.group()) : page;
  }

  private static String get(HttpClient browser, String url)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        browser.send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(200, response.statusCode(), url);
    return response.body();
  }
}
