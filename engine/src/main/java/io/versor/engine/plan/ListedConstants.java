package io.versor.engine.plan;

import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;
import io.versor.engine.type.Uuids;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.engine.work.Poll;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/**
 * Long lists of constants on their way into a plan. Calcite converts {@code x IN (1, 2, …)} as a
 * comparison with each value, x and all; here one value of each type stands for all of it, is
 * compared with x as Calcite has it, and what that gives is one set of all values.
 */
final class ListedConstants {
  /** Fewer are converted one by one. */
  static final int FEWEST = 50;

  /** Values that are converted before somebody looks whether to stop. */
  private static final int POLLED = 1_024;

  /** What DATE and every CAST to it take for the same day; 1582 had days left out. */
  private static final Pattern DATE =
      Pattern.compile("(1[6-9]|[2-9]\\d)\\d\\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])");

  private static final RelDataTypeFactory TYPES = new VersorTypeFactory();

  private ListedConstants() {}

  /** Lets one value stand for many in the lists of a valid query, which is changed. */
  static void gather(SqlNode valid) {
    valid.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlCall call) {
            boolean in = call.getKind() == SqlKind.IN || call.getKind() == SqlKind.NOT_IN;
            if (in
                && call.operand(0).getKind() != SqlKind.ROW
                && call.operand(1) instanceof SqlNodeList list
                && list.size() >= FEWEST) {
              List<SqlNode> gathered = gathered(list);
              list.clear();
              list.addAll(gathered);
            }
            return super.visit(call);
          }
        });
  }

  /** One node for all constants of one type, and the others as they are. */
  static List<SqlNode> gathered(List<SqlNode> values) {
    Map<String, List<SqlNode>> constants = new LinkedHashMap<>();
    List<SqlNode> gathered = new ArrayList<>();
    for (SqlNode value : values) {
      String type = type(value);
      if (type.isEmpty()) {
        gathered.add(value);
      } else {
        constants.computeIfAbsent(type, key -> new ArrayList<>()).add(value);
      }
    }
    constants.forEach(
        (type, alike) -> {
          if (alike.size() < FEWEST) {
            gathered.addAll(alike);
          } else {
            SqlNode first = alike.get(0);
            SqlParserPos place = first.getParserPosition();
            gathered.add(new ListedOperator(type, alike).createCall(place, first));
          }
        });
    return gathered;
  }

  /** What constants have in common that are compared in the same way; empty if it is none. */
  private static String type(SqlNode value) {
    if (value instanceof SqlCall cast && cast.getKind() == SqlKind.CAST) {
      String inner = cast.operand(0) instanceof SqlLiteral ? type(cast.operand(0)) : "";
      return inner.isEmpty() ? "" : inner + " AS " + cast.operand(1);
    }
    if (!(value instanceof SqlLiteral literal) || literal.getValue() == null) {
      return "";
    }
    if (literal instanceof SqlNumericLiteral number) {
      return number.isExact() ? "EXACT" : "APPROXIMATE";
    }
    return switch (literal.getTypeName()) {
      case CHAR, DATE, TIME -> literal.getTypeName().getName();
      case TIMESTAMP -> literal.createSqlType(TYPES).getFullTypeString();
      default -> "";
    };
  }

  /** The operator of a node that stands for many, in a CAST or not, if a node is one. */
  static @Nullable ListedOperator operator(SqlNode node) {
    if (!(node instanceof SqlCall call)) {
      return null;
    }
    return call.getOperator() instanceof ListedOperator listed
        ? listed
        : call.getKind() == SqlKind.CAST ? operator(call.operand(0)) : null;
  }

  /**
   * Converts {@code x = v}, where v stands for many.
   *
   * @param listed the operator in v
   */
  static RexNode convert(SqlRexContext context, SqlCall comparison, ListedOperator listed) {
    RexBuilder builder = context.getRexBuilder();
    if (standard(context, comparison) instanceof RexCall one && one.getKind() == SqlKind.EQUALS) {
      RexNode tested = one.getOperands().get(0);
      RexNode value = one.getOperands().get(1);
      RexNode set =
          SqlTypeUtil.isExactNumeric(tested.getType())
                  && SqlTypeUtil.isExactNumeric(value.getType())
                  && listed.values().get(0) instanceof SqlNumericLiteral
              ? exact(builder, exactly(tested), listed.values())
              : set(context, tested, value, listed.values());
      if (set != null) {
        return set;
      }
    }
    List<RexNode> comparisons = new ArrayList<>();
    for (SqlNode value : listed.values()) {
      poll(comparisons.size());
      SqlNode compared = instead(comparison.operand(1), value);
      comparisons.add(
          standard(
              context,
              comparison
                  .getOperator()
                  .createCall(comparison.getParserPosition(), comparison.operand(0), compared)));
    }
    return RexUtil.composeDisjunction(builder, comparisons);
  }

  private static RexNode standard(SqlRexContext context, SqlCall call) {
    return StandardConvertletTable.INSTANCE.get(call).convertCall(context, call);
  }

  /** The same node with one value where the many stood. */
  private static SqlNode instead(SqlNode node, SqlNode value) {
    SqlCall call = (SqlCall) node;
    SqlParserPos place = call.getParserPosition();
    return call.getOperator() instanceof ListedOperator
        ? value
        : call.getOperator().createCall(place, instead(call.operand(0), value), call.operand(1));
  }

  private static void poll(int done) {
    if (done % POLLED == 0) {
      Poll.poll();
    }
  }

  /** Numbers without a fraction in a type of wider ones are the same numbers. */
  private static RexNode exactly(RexNode tested) {
    RexNode inner = tested;
    while (inner.getKind() == SqlKind.CAST
        && SqlTypeUtil.isExactNumeric(inner.getType())
        && keepsAll(((RexCall) inner).getOperands().get(0).getType(), inner.getType())) {
      inner = ((RexCall) inner).getOperands().get(0);
    }
    return inner;
  }

  private static boolean keepsAll(RelDataType from, RelDataType to) {
    return SqlTypeUtil.isExactNumeric(from)
        && from.getScale() <= to.getScale()
        && from.getPrecision() - from.getScale() <= to.getPrecision() - to.getScale();
  }

  /** A set of those numbers that the tested value can be; null if it can be none of them. */
  private static @Nullable RexNode exact(
      RexBuilder builder, RexNode tested, List<SqlNode> literals) {
    RelDataType type = tested.getType();
    TreeSet<BigDecimal> points = new TreeSet<>();
    int done = 0;
    for (SqlNode literal : literals) {
      poll(done++);
      BigDecimal value = ((SqlNumericLiteral) literal).bigDecimalValue().stripTrailingZeros();
      boolean possible =
          value.scale() <= type.getScale()
              && value.precision() - value.scale() <= type.getPrecision() - type.getScale();
      if (possible) {
        points.add(value.scale() < 0 ? value.setScale(0) : value);
      }
    }
    return search(builder, tested, type, points);
  }

  /** A set of what is compared; null if not all of it is known before it is computed. */
  private static @Nullable RexNode set(
      SqlRexContext context, RexNode tested, RexNode value, List<SqlNode> nodes) {
    RexBuilder builder = context.getRexBuilder();
    RexNode first = context.convertExpression(nodes.get(0));
    boolean asTheyAre =
        first.getType().getSqlTypeName() == SqlTypeName.CHAR
            && first.getType().equals(value.getType());
    Function<RexNode, RexNode> cast =
        node -> asTheyAre ? node : folded(builder, builder.ensureType(value.getType(), node, true));
    RexNode known = folded(builder, value);
    if (!(known instanceof RexLiteral)
        || !SqlTypeUtil.inSameFamily(tested.getType(), value.getType())
        || !cast.apply(first).equals(known)) {
      return null;
    }
    RelDataType widest = value.getType();
    TreeSet<Comparable<?>> points = new TreeSet<>();
    int done = 0;
    for (SqlNode node : nodes) {
      poll(done++);
      RexNode made = cast.apply(context.convertExpression(node));
      Comparable<?> point = made instanceof RexLiteral one ? point(one) : null;
      if (point == null) {
        return null;
      }
      points.add(point);
      boolean wider = made.getType().getPrecision() > widest.getPrecision();
      widest = asTheyAre && wider ? made.getType() : widest;
    }
    return search(builder, tested, widest, points);
  }

  /** A number in another type of numbers, and a text that is a date or UUID, as literals. */
  private static RexNode folded(RexBuilder builder, RexNode node) {
    if (node.getKind() == SqlKind.CAST
        && node.getType().getSqlTypeName() == SqlTypeName.DATE
        && ((RexCall) node).getOperands().get(0) instanceof RexLiteral literal
        && literal.getValue() instanceof NlsString text
        && DATE.matcher(text.getValue()).matches()) {
      try {
        LocalDate day = LocalDate.parse(text.getValue());
        return builder.makeDateLiteral(DateString.fromDaysSinceEpoch((int) day.toEpochDay()));
      } catch (DateTimeParseException e) {
        return node; // no day of the calendar: an error when it is computed
      }
    }
    if (node.getKind() == SqlKind.CAST
        && node.getType().getSqlTypeName() == SqlTypeName.UUID
        && ((RexCall) node).getOperands().get(0) instanceof RexLiteral literal
        && literal.getValue() instanceof NlsString text
        && Uuids.find(text.getValue()).isPresent()) {
      return builder.makeUuidLiteral(Uuids.find(text.getValue()).get());
    }
    return Constants.folded(builder, node);
  }

  private static @Nullable Comparable<?> point(RexLiteral literal) {
    return literal.getValueAs(Comparable.class);
  }

  @SuppressWarnings("unchecked") // constants of one type can be compared, whatever it is
  private static @Nullable RexNode search(
      RexBuilder builder, RexNode tested, RelDataType type, TreeSet<?> points) {
    if (points.isEmpty()) {
      return null;
    }
    Sarg<BigDecimal> ranges = ranges((TreeSet<BigDecimal>) points);
    return builder.makeCall(
        SqlStdOperatorTable.SEARCH, tested, builder.makeSearchArgumentLiteral(ranges, type));
  }

  private static <C extends Comparable<C>> Sarg<C> ranges(TreeSet<C> points) {
    ImmutableRangeSet.Builder<C> ranges = ImmutableRangeSet.builder();
    points.forEach(point -> ranges.add(Range.singleton(point)));
    return Sarg.of(RexUnknownAs.UNKNOWN, ranges.build());
  }
}
