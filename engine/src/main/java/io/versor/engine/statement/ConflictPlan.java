package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.ChosenRows;
import io.versor.engine.catalog.Field;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.QueryPlan;
import io.versor.engine.plan.QueryPlanner;
import io.versor.engine.plan.Selects;
import io.versor.engine.system.GivenRows;
import io.versor.format.ref.NearNames;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import io.versor.parser.ast.OnConflict;
import io.versor.parser.ast.SqlInsertInto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * ON CONFLICT, ready for a table as it is now.
 *
 * @param keys the properties of the keys it looks at
 * @param update empty: DO NOTHING
 */
record ConflictPlan(Set<String> keys, Optional<Update> update) {
  /** Name of the rows that were proposed, and of a schema that no branch can have. */
  private static final String EXCLUDED = "excluded";

  private static final String SCHEMA = "rows in conflict";
  private static final String PRESENT = "present";

  /** Places in the query's rows. */
  static final int PLACE = 0;

  private static final int VALUES = 1;
  private static final SqlParserPos NOWHERE = SqlParserPos.ZERO;

  /**
   * DO UPDATE: a query over the rows that are there, joined to those that were proposed.
   *
   * @param set the columns it writes
   * @param read columns that keys and conditions need beside those: the query's last
   * @param isLocal whether what a row becomes depends on nothing but it and the row proposed
   */
  record Update(
      SetColumns set,
      List<Integer> read,
      ChosenRows present,
      GivenRows excluded,
      QueryPlan query,
      boolean isLocal) {
    List<Integer> targets() {
      return set.targets();
    }

    /** Where the query gives the value of a target. */
    int placeOf(int target) {
      int before =
          (int) set.direct().subList(0, target).stream().filter(each -> each == null).count();
      return VALUES + before;
    }

    /** Where the query gives a column that is read. */
    int placeOfRead(int column) {
      return placeOf(targets().size()) + read.indexOf(column);
    }
  }

  static ConflictPlan of(
      OnConflict conflict,
      SqlInsertInto insert,
      Target target,
      Versions versions,
      List<@Nullable Object> values)
      throws StoreException, StatementException {
    TableSchema schema = target.schema();
    Set<String> keys = keys(conflict, schema);
    if (conflict.update().isEmpty()) {
      return new ConflictPlan(keys, Optional.empty());
    }
    SetColumns set = SetColumns.of(conflict.update().get(), schema, name -> name);
    CommonTables common = CommonTables.of(insert);
    common.refuseRandom("ON CONFLICT", conflict.update().get().values());
    if (conflict.condition().isPresent()) {
      common.refuseRandom("ON CONFLICT", conflict.condition().get());
    }
    List<SqlNode> items = new ArrayList<>();
    items.add(excluded(Field.INDEX));
    set.computed().forEach(value -> items.add(RowQuery.withoutSchema(value, target)));
    SqlIdentifier alias = alias(insert);
    List<Integer> read = List.copyOf(ChangedRows.read(schema, set.targets()));
    for (int column : read) {
      items.add(column(alias, schema.columns().get(column).name()));
    }
    ChosenRows present = new ChosenRows(SCHEMA, target.snapshot());
    GivenRows excluded = new GivenRows(SCHEMA, schema);
    SqlNode from = from(alias);
    SqlNode query =
        Selects.of(
            NOWHERE,
            Selects.named(items, "value"),
            from,
            conflict
                .condition()
                .map(condition -> RowQuery.withoutSchema(condition, target))
                .orElse(null));
    QueryPlan plan =
        QueryPlanner.over(versions, SCHEMA, Map.of(PRESENT, present, EXCLUDED, excluded))
            .plan(common.around(query), values);
    return new ConflictPlan(
        keys, Optional.of(new Update(set, read, present, excluded, plan, isLocal(conflict))));
  }

  private static boolean isLocal(OnConflict conflict) {
    List<SqlNode> parts = new ArrayList<>(conflict.update().orElseThrow().values());
    conflict.condition().ifPresent(parts::add);
    return parts.stream().noneMatch(part -> hasQuery(part) || Literals.parameterCount(part) > 0);
  }

  /** Whether a query is somewhere in an expression. */
  static boolean hasQuery(SqlNode expression) {
    boolean[] found = {false};
    expression.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlCall call) {
            found[0] |= call.isA(SqlKind.QUERY);
            return super.visit(call);
          }
        });
    return found[0];
  }

  boolean fits(Versions versions) throws StoreException {
    return update.isEmpty() || update.get().query().fits(versions);
  }

  // --- the query

  private static SqlIdentifier alias(SqlInsertInto insert) throws StatementException {
    SqlIdentifier name = insert.alias().orElse(Target.name(insert.table()));
    String last = name.names.get(name.names.size() - 1);
    if (last.equalsIgnoreCase(EXCLUDED)) {
      throw new StatementException(
              "42712",
              "EXCLUDED is the name of the rows that were proposed; INSERT INTO "
                  + last
                  + " AS t gives the table another one")
          .at(name.getParserPosition());
    }
    return new SqlIdentifier(last, name.getParserPosition());
  }

  private static SqlNode from(SqlIdentifier alias) {
    SqlNode join =
        SqlStdOperatorTable.EQUALS.createCall(
            NOWHERE, column(alias, Field.ROW_ID), excluded(Field.ROW_ID));
    return new SqlJoin(
        NOWHERE,
        named(PRESENT, alias),
        SqlLiteral.createBoolean(false, NOWHERE),
        JoinType.INNER.symbol(NOWHERE),
        named(EXCLUDED, new SqlIdentifier(EXCLUDED, NOWHERE)),
        JoinConditionType.ON.symbol(NOWHERE),
        join);
  }

  private static SqlNode named(String table, SqlIdentifier alias) {
    return SqlStdOperatorTable.AS.createCall(
        NOWHERE, new SqlIdentifier(List.of(SCHEMA, table), NOWHERE), alias);
  }

  private static SqlIdentifier excluded(String column) {
    return new SqlIdentifier(List.of(EXCLUDED, column), NOWHERE);
  }

  private static SqlIdentifier column(SqlIdentifier alias, String column) {
    return new SqlIdentifier(List.of(alias.getSimple(), column), NOWHERE);
  }

  // --- the keys

  private static Set<String> keys(OnConflict conflict, TableSchema schema)
      throws StatementException {
    Map<String, List<Integer>> all = TableKeys.of(schema);
    if (conflict.constraint().isPresent()) {
      return Set.of(named(conflict.constraint().get(), schema));
    }
    if (conflict.key().isEmpty()) {
      return all.keySet();
    }
    Set<Integer> columns = new HashSet<>(InsertStatement.targets(conflict.key(), schema));
    Set<String> keys = new HashSet<>();
    all.forEach(
        (property, key) -> {
          if (columns.equals(Set.copyOf(key))) {
            keys.add(property);
          }
        });
    if (keys.isEmpty()) {
      List<String> known =
          all.values().stream()
              .map(key -> key.stream().map(at -> schema.columns().get(at).name()).toList())
              .map(names -> "(" + String.join(", ", names) + ")")
              .toList();
      throw new StatementException(
              "42P10",
              "ON CONFLICT names columns that are no PRIMARY KEY and no UNIQUE key of "
                  + schema.name()
                  + (known.isEmpty() ? ", which has none" : "; its keys: ")
                  + String.join(", ", known))
          .at(conflict.key().get(0).getParserPosition());
    }
    return keys;
  }

  private static String named(SqlIdentifier name, TableSchema schema) throws StatementException {
    Map<String, String> names = new Constraints(schema).names();
    Optional<String> property =
        names.keySet().stream()
            .filter(each -> each.equalsIgnoreCase(Literals.name(name)))
            .findFirst()
            .map(names::get);
    if (property.isEmpty()) {
      throw new StatementException(
              "42704",
              "no constraint "
                  + name
                  + " on "
                  + schema.name()
                  + NearNames.question(Literals.name(name), names.keySet()))
          .at(name.getParserPosition());
    }
    if (!TableKeys.of(schema).containsKey(property.get())) {
      throw new StatementException(
              "42809", "constraint " + name + " of " + schema.name() + " is a CHECK, not a key")
          .at(name.getParserPosition());
    }
    return property.get();
  }
}
