package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The 22 questions of TPC-H give what H2 gives, in the order they ask for. Times are printed and
 * not judged; a query that did not get a plan with joins by keys would take hours.
 */
@Tag("long")
class TpchTest {
  /** Lines of orders: six million times this. */
  private static final double SCALE = 0.01;

  private static final int BATCH_ROWS = 5_000;

  @TempDir Path directory;

  @Test
  void questionsGiveWhatH2Gives() throws Exception {
    List<String> queries = queries();
    assertEquals(22, queries.size());
    try (TestStore store = new TestStore(directory);
        Connection h2 = DriverManager.getConnection("jdbc:h2:mem:tpch")) {
      for (TpchTable<?> table : TpchTable.getTables()) {
        load(table, SCALE, store, h2);
      }
      index(h2);
      StringBuilder times = new StringBuilder("TPC-H at " + SCALE + ", milliseconds:");
      int empty = 0;
      for (int i = 0; i < queries.size(); i++) {
        String query = queries.get(i);
        long start = System.nanoTime();
        List<String> actual = rows(store, query);
        times.append(' ').append((System.nanoTime() - start) / 1_000_000);
        assertEquals(rows(h2, query), actual, "question " + (i + 1));
        empty += actual.isEmpty() || actual.equals(List.of("null")) ? 1 : 0;
      }
      System.out.println(times);
      assertTrue(empty < queries.size() / 2, empty + " questions without an answer prove little");
    }
  }

  private static List<String> queries() throws Exception {
    String text;
    try (InputStream in = TpchTest.class.getResourceAsStream("/tpch/queries.sql")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<String> queries = new ArrayList<>();
    for (String query : text.replaceAll("(?m)^--.*$", "").split(";")) {
      if (!query.isBlank()) {
        queries.add(query.strip());
      }
    }
    return queries;
  }

  // --- data

  private static <E extends TpchEntity> void load(
      TpchTable<E> table, double scale, TestStore store, Connection h2) throws Exception {
    List<TpchColumn<E>> columns = table.getColumns();
    String create =
        columns.stream()
            .map(column -> column.getColumnName() + " " + type(column))
            .collect(Collectors.joining(", ", "CREATE TABLE " + table.getTableName() + " (", ")"));
    String insert =
        columns.stream()
            .map(column -> "?")
            .collect(
                Collectors.joining(", ", "INSERT INTO " + table.getTableName() + " VALUES (", ")"));
    store.run(create);
    try (Statement statement = h2.createStatement()) {
      statement.execute(create);
    }
    try (Prepared ours = store.session().prepare(insert);
        PreparedStatement theirs = h2.prepareStatement(insert)) {
      List<List<@Nullable Object>> batch = new ArrayList<>();
      for (E entity : table.createGenerator(scale, 1, 1)) {
        List<@Nullable Object> row = new ArrayList<>();
        for (TpchColumn<E> column : columns) {
          row.add(value(column, entity));
        }
        batch.add(row);
        for (int i = 0; i < row.size(); i++) {
          theirs.setObject(i + 1, row.get(i));
        }
        theirs.addBatch();
        if (batch.size() == BATCH_ROWS) {
          ours.executeBatch(new ParameterBatch(batch));
          theirs.executeBatch();
          batch.clear();
        }
      }
      if (!batch.isEmpty()) {
        ours.executeBatch(new ParameterBatch(batch));
        theirs.executeBatch();
      }
    }
  }

  private static String type(TpchColumn<?> column) {
    return switch (column.getType().getBase()) {
      case IDENTIFIER -> "BIGINT";
      case INTEGER -> "INTEGER";
      case DATE -> "DATE";
      case DOUBLE -> "DECIMAL(15, 2)";
      case VARCHAR -> "VARCHAR(" + column.getType().getPrecision().orElseThrow() + ")";
    };
  }

  private static <E extends TpchEntity> Object value(TpchColumn<E> column, E entity) {
    return switch (column.getType().getBase()) {
      case IDENTIFIER -> column.getIdentifier(entity);
      case INTEGER -> column.getInteger(entity);
      case DATE -> LocalDate.ofEpochDay(column.getDate(entity));
      case DOUBLE ->
          BigDecimal.valueOf(column.getDouble(entity)).setScale(2, RoundingMode.HALF_EVEN);
      case VARCHAR -> column.getString(entity);
    };
  }

  /** H2 joins by indexes or not at all fast. */
  private static void index(Connection h2) throws Exception {
    try (Statement statement = h2.createStatement()) {
      for (String key :
          List.of(
              "lineitem(l_orderkey)",
              "lineitem(l_partkey)",
              "orders(o_orderkey)",
              "orders(o_custkey)",
              "customer(c_custkey)",
              "part(p_partkey)",
              "partsupp(ps_partkey)",
              "partsupp(ps_suppkey)",
              "supplier(s_suppkey)",
              "nation(n_nationkey)")) {
        String name = key.replaceAll("\\W", "_");
        statement.execute("CREATE INDEX " + name + " ON " + key);
      }
      statement.execute("ANALYZE");
    }
  }

  // --- answers

  private static List<String> rows(TestStore store, String query) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Prepared prepared = store.session().prepare(query);
        Result result = prepared.execute(List.of(), ExecuteOptions.NONE)) {
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < result.columns().size(); i++) {
          cells.add(canonical(result.objectAt(i)));
        }
        rows.add(String.join(" | ", cells));
      }
    }
    return rows;
  }

  private static List<String> rows(Connection h2, String query) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Statement statement = h2.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          cells.add(canonical(result.getObject(i)));
        }
        rows.add(String.join(" | ", cells));
      }
    }
    return rows;
  }

  /** Numbers without zeros at their ends, averages to four digits; a sum has no more. */
  private static String canonical(@Nullable Object value) {
    if (value instanceof Number number) {
      BigDecimal exact = new BigDecimal(number.toString()).setScale(4, RoundingMode.HALF_UP);
      return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }
    return String.valueOf(value);
  }
}
