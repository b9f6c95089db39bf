package io.versor.engine.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.Range;
import io.versor.engine.catalog.Field;
import io.versor.engine.catalog.FieldRequest;
import io.versor.engine.catalog.KeyRows;
import io.versor.engine.catalog.VersorTable;
import io.versor.engine.exec.Constants;
import io.versor.engine.type.Uuids;
import io.versor.format.ScanRequest.IndexRange;
import io.versor.format.chunk.Bound;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/**
 * What conditions let a scan skip: chunks whose statistics deny them, and all rows but a few where
 * {@code _index} or {@code _rowid} is given. Conditions it does not understand are left out, which
 * is always right: they are evaluated again behind the scan.
 */
final class ScanBounds {
  private final VersorTable table;
  private final List<Integer> fields;
  private final @Nullable Run run;
  private final List<Bound> bounds = new ArrayList<>();
  private long fromIndex;
  private long toIndex = Long.MAX_VALUE;
  private @Nullable TreeSet<Long> rowIds;
  private final Map<Integer, Set<String>> texts = new HashMap<>();
  private final Map<Integer, Set<BigDecimal>> numbers = new HashMap<>();
  private final Map<Integer, Set<Object>> samples = new HashMap<>();

  private ScanBounds(VersorTable table, List<Integer> fields, @Nullable Run run) {
    this.table = table;
    this.fields = fields;
    this.run = run;
  }

  /** The columns of the key by which a scan finds its rows, whatever parameters will be given. */
  static List<String> key(VersorTable table, List<Integer> fields, List<RexNode> conditions) {
    FieldRequest request = request(table, fields, conditions, null);
    return request.rowIds().isPresent()
        ? List.of()
        : KeyRows.key(table, request).orElse(List.of()).stream().map(Column::name).toList();
  }

  /**
   * @param run null = before there are parameters: any value stands for them
   */
  static FieldRequest request(
      VersorTable table, List<Integer> fields, List<RexNode> conditions, @Nullable Run run) {
    ScanBounds found = new ScanBounds(table, fields, run);
    conditions.forEach(found::condition);
    Optional<IndexRange> indexes =
        found.fromIndex == 0 && found.toIndex == Long.MAX_VALUE
            ? Optional.empty()
            : Optional.of(
                new IndexRange(found.fromIndex, Math.max(found.fromIndex, found.toIndex)));
    Optional<long[]> ids =
        found.rowIds == null
            ? Optional.empty()
            : Optional.of(found.rowIds.stream().mapToLong(Long::longValue).toArray());
    return new FieldRequest(
        fields, found.bounds, indexes, ids, found.texts, found.numbers, found.samples);
  }

  private void condition(RexNode condition) {
    if (!(condition instanceof RexCall call)) {
      return;
    }
    switch (call.getKind()) {
      case AND -> call.getOperands().forEach(this::condition);
      case EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          comparison(call);
      case OR -> alternatives(call);
      case SEARCH -> search(call);
      default -> {
        // nothing to skip by
      }
    }
  }

  private void comparison(RexCall call) {
    RexNode left = column(call.getOperands().get(0));
    RexNode right = column(call.getOperands().get(1));
    SqlKind kind = call.getKind();
    if (!(left instanceof RexInputRef) && right instanceof RexInputRef) {
      RexNode swapped = left;
      left = right;
      right = swapped;
      kind = kind.reverse();
    }
    if (left instanceof RexInputRef ref && kind == SqlKind.EQUALS) {
      int field = fields.get(ref.getIndex());
      text(right).ifPresent(text -> keep(texts, field, Set.of(text)));
      number(right).ifPresent(number -> keep(numbers, field, Set.of(number.stripTrailingZeros())));
      sample(right, field).ifPresent(sample -> keep(samples, field, Set.of(sample)));
    }
    Optional<BigDecimal> value = number(right);
    if (!(left instanceof RexInputRef ref) || value.isEmpty()) {
      return;
    }
    Field field = table.fields().get(fields.get(ref.getIndex()));
    OptionalLong least = OptionalLong.of(Long.MIN_VALUE);
    OptionalLong most = OptionalLong.of(Long.MAX_VALUE);
    BigDecimal number = value.get();
    switch (kind) {
      case EQUALS -> {
        least = ceiling(number);
        most = floor(number);
      }
      case LESS_THAN, LESS_THAN_OR_EQUAL -> most = floor(number);
      default -> least = ceiling(number);
    }
    if (least.isEmpty() || most.isEmpty()) {
      return; // beyond 64 bits
    }
    range(field, least.getAsLong(), most.getAsLong());
  }

  /** A column in place of a cast that keeps its every value, of integers to wider ones. */
  static RexNode column(RexNode node) {
    if (node instanceof RexCall cast
        && cast.getKind() == SqlKind.CAST
        && cast.getOperands().get(0) instanceof RexInputRef ref
        && SqlTypeUtil.isIntType(ref.getType())
        && SqlTypeUtil.isIntType(cast.getType())
        && ref.getType().getPrecision() <= cast.getType().getPrecision()) {
      return ref;
    }
    return node;
  }

  /** Whether it is a value that is known before a scan begins, maybe. */
  static boolean isValue(RexNode node) {
    return node instanceof RexLiteral || node instanceof RexDynamicParam || cast(node).isPresent();
  }

  /** The parameter in a cast to integers or texts of any length. */
  private static Optional<RexDynamicParam> cast(RexNode node) {
    boolean isCast =
        node instanceof RexCall call
            && call.getKind() == SqlKind.CAST
            && call.getOperands().get(0) instanceof RexDynamicParam
            && (SqlTypeUtil.isIntType(call.getType()) || isText(call.getType()));
    return isCast
        ? Optional.of((RexDynamicParam) ((RexCall) node).getOperands().get(0))
        : Optional.empty();
  }

  private static boolean isText(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.VARCHAR
        && type.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED;
  }

  private void range(Field field, long least, long most) {
    switch (table.meaning(field)) {
      case INDEX -> {
        fromIndex = Math.max(fromIndex, Math.max(0, least));
        toIndex =
            Math.min(toIndex, most == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, most + 1));
      }
      case ROW_ID -> {
        if (least == most) {
          keepRowIds(new TreeSet<>(List.of(least)));
        }
      }
      case COLUMN, LABEL_ID -> {
        Column column = table.schema().columns().get(field.column());
        Dtype dtype = column.type().dtype();
        boolean scalar = column.type().shape().rank() == 0;
        boolean plain =
            field.kind() == Field.Kind.LABEL_ID || column.type().htype() != Htype.CLASS_LABEL;
        if (scalar
            && plain
            && dtype.isInteger()
            && dtype != Dtype.UINT64
            && column.id() != 0
            && dtype != Dtype.TIME) {
          bounds.add(Bound.longs(column.id(), least, most));
        }
      }
    }
  }

  /** IN, BETWEEN and what the planner makes of several comparisons: ranges of constants. */
  private void search(RexCall call) {
    Sarg<?> sarg = ((RexLiteral) call.getOperands().get(1)).getValueAs(Sarg.class);
    if (!(call.getOperands().get(0) instanceof RexInputRef ref)
        || sarg == null
        || sarg.nullAs == RexUnknownAs.TRUE
        || sarg.rangeSet.isEmpty()) {
      return;
    }
    int field = fields.get(ref.getIndex());
    List<Object> ends = new ArrayList<>();
    for (Range<?> range : sarg.rangeSet.asRanges()) {
      ends.add(range.hasLowerBound() ? range.lowerEndpoint() : range);
      ends.add(range.hasUpperBound() ? range.upperEndpoint() : range);
    }
    if (sarg.isPoints() && ends.stream().allMatch(NlsString.class::isInstance)) {
      Set<String> points = new HashSet<>();
      ends.forEach(end -> points.add(((NlsString) end).getValue()));
      keep(texts, field, points);
      return;
    }
    if (sarg.isPoints() && ends.stream().allMatch(UUID.class::isInstance)) {
      keep(texts, field, ends.stream().map(Object::toString).collect(Collectors.toSet()));
      return;
    }
    if (sarg.isPoints() && ends.stream().allMatch(BigDecimal.class::isInstance)) {
      keep(numbers, field, plain(ends.stream().map(BigDecimal.class::cast)));
    }
    if (sarg.isPoints()) {
      TensorType type = table.fields().get(field).type();
      Set<Object> points = new HashSet<>();
      ends.forEach(end -> Constants.sample(end, type).ifPresent(points::add));
      boolean all = ends.stream().allMatch(end -> Constants.sample(end, type).isPresent());
      keep(samples, field, all ? points : Set.of());
    }
    boolean isRowId = table.meaning(table.fields().get(field)) == Field.Kind.ROW_ID;
    if (isRowId && sarg.isPoints() && ends.stream().allMatch(BigDecimal.class::isInstance)) {
      TreeSet<Long> ids = new TreeSet<>();
      ends.forEach(end -> whole((BigDecimal) end).ifPresent(ids::add));
      keepRowIds(ids);
      return;
    }
    Range<?> span = sarg.rangeSet.span();
    OptionalLong least = OptionalLong.of(Long.MIN_VALUE);
    OptionalLong most = OptionalLong.of(Long.MAX_VALUE);
    if (span.hasLowerBound() && span.lowerEndpoint() instanceof BigDecimal number) {
      least = ceiling(number);
    }
    if (span.hasUpperBound() && span.upperEndpoint() instanceof BigDecimal number) {
      most = floor(number);
    }
    if (least.isPresent() && most.isPresent()) {
      range(table.fields().get(field), least.getAsLong(), most.getAsLong());
    }
  }

  /** Values that are equal are one. */
  private static Set<BigDecimal> plain(Stream<BigDecimal> values) {
    return values.map(BigDecimal::stripTrailingZeros).collect(Collectors.toSet());
  }

  /** Rows have one of these values; none of them are known. */
  private static <T> void keep(Map<Integer, Set<T>> values, int field, Set<T> some) {
    if (some.isEmpty()) {
      return;
    }
    values.merge(
        field,
        some,
        (one, other) -> {
          Set<T> both = new HashSet<>(one);
          both.retainAll(other);
          return both;
        });
  }

  private Optional<String> text(RexNode node) {
    if (node instanceof RexLiteral literal && literal.getValue() instanceof NlsString text) {
      return Optional.of(text.getValue());
    }
    if (node.getKind() == SqlKind.CAST && node.getType().getSqlTypeName() == SqlTypeName.UUID) {
      return text(((RexCall) node).getOperands().get(0))
          .filter(text -> Uuids.find(text).isPresent()); // the cast of others fails, for each row
    }
    Object value =
        node instanceof RexDynamicParam parameter
            ? parameter(parameter, parameter.getType())
            : isText(node.getType())
                ? cast(node).map(inner -> parameter(inner, node.getType())).orElse(null)
                : null;
    return value instanceof String || value instanceof UUID
        ? Optional.of(value.toString())
        : Optional.empty();
  }

  /** What a column of dates, times, floats or bytes has where it is equal. */
  private Optional<Object> sample(RexNode node, int field) {
    TensorType type = table.fields().get(field).type();
    if (node instanceof RexLiteral literal) {
      Comparable<?> value = literal.getValueAs(Comparable.class);
      return value == null ? Optional.empty() : Constants.sample(value, type);
    }
    if (!(node instanceof RexDynamicParam parameter)) {
      return Optional.empty();
    }
    if (run == null) {
      return type.dtype() == Dtype.BYTES
          ? Optional.of(ByteBuffer.wrap(String.valueOf(parameter.getIndex()).getBytes(UTF_8)))
          : Optional.of((Object) (double) parameter.getIndex())
              .filter(value -> Constants.isSample(type));
    }
    Object value = parameter(parameter, parameter.getType());
    return value == null ? Optional.empty() : Constants.sample(value, type);
  }

  /** c = 1 OR c = 2 … */
  private void alternatives(RexCall or) {
    Set<Integer> refs = new HashSet<>();
    Set<BigDecimal> some = new HashSet<>();
    Set<String> someTexts = new HashSet<>();
    for (RexNode each : or.getOperands()) {
      if (!(each instanceof RexCall call)
          || call.getKind() != SqlKind.EQUALS
          || !(call.getOperands().get(0) instanceof RexInputRef ref)) {
        return;
      }
      refs.add(ref.getIndex());
      Optional<BigDecimal> number = number(call.getOperands().get(1));
      Optional<String> text = text(call.getOperands().get(1));
      if (number.isEmpty() && text.isEmpty()) {
        return;
      }
      number.ifPresent(value -> some.add(value.stripTrailingZeros()));
      text.ifPresent(someTexts::add);
    }
    if (refs.size() != 1 || (!some.isEmpty() && !someTexts.isEmpty())) {
      return;
    }
    int field = fields.get(refs.iterator().next());
    keep(texts, field, someTexts);
    keep(numbers, field, some);
    if (someTexts.isEmpty() && table.meaning(table.fields().get(field)) == Field.Kind.ROW_ID) {
      TreeSet<Long> ids = new TreeSet<>();
      some.forEach(value -> floor(value).ifPresent(ids::add));
      keepRowIds(ids);
    }
  }

  private void keepRowIds(TreeSet<Long> ids) {
    if (rowIds == null) {
      rowIds = ids;
    } else {
      rowIds.retainAll(ids);
    }
  }

  private Optional<BigDecimal> number(RexNode node) {
    if (node instanceof RexLiteral literal) {
      Comparable<?> value = literal.getValue();
      return value instanceof BigDecimal decimal ? Optional.of(decimal) : Optional.empty();
    }
    if (cast(node).isPresent() && SqlTypeUtil.isIntType(node.getType())) {
      Object value = parameter(cast(node).get(), node.getType());
      Optional<BigDecimal> number = whole(value);
      return number.filter(inner -> fits(inner, node.getType()));
    }
    if (node instanceof RexDynamicParam parameter) {
      Object value = parameter(parameter, parameter.getType());
      if (value instanceof BigDecimal decimal) {
        return Optional.of(decimal);
      }
      return whole(value);
    }
    return Optional.empty();
  }

  private static Optional<BigDecimal> whole(@Nullable Object value) {
    boolean whole =
        value instanceof Long
            || value instanceof Integer
            || value instanceof Short
            || value instanceof Byte;
    return whole ? Optional.of(BigDecimal.valueOf(((Number) value).longValue())) : Optional.empty();
  }

  /** Whether a cast to a type of integers keeps it. */
  private static boolean fits(BigDecimal whole, RelDataType type) {
    int bits =
        switch (type.getSqlTypeName()) {
          case TINYINT -> Byte.SIZE;
          case SMALLINT -> Short.SIZE;
          case INTEGER -> Integer.SIZE;
          default -> Long.SIZE;
        };
    return whole.toBigInteger().bitLength() < bits;
  }

  /**
   * @param type as which it is used
   */
  private @Nullable Object parameter(RexDynamicParam parameter, RelDataType type) {
    int at = parameter.getIndex();
    if (run == null) {
      return SqlTypeUtil.isCharacter(type)
          ? "?" + at
          : SqlTypeUtil.isIntType(type)
              ? Long.valueOf(at)
              : SqlTypeUtil.isNumeric(type) ? BigDecimal.valueOf(at) : null;
    }
    return at < run.parameters().size() ? run.parameters().get(at) : null;
  }

  private static OptionalLong ceiling(BigDecimal number) {
    return whole(number.setScale(0, RoundingMode.CEILING));
  }

  private static OptionalLong floor(BigDecimal number) {
    return whole(number.setScale(0, RoundingMode.FLOOR));
  }

  private static OptionalLong whole(BigDecimal number) {
    try {
      return OptionalLong.of(number.longValueExact());
    } catch (ArithmeticException e) {
      return OptionalLong.empty();
    }
  }
}
