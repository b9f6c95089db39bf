package io.versor.shell;

import io.versor.engine.ArrayValue;
import io.versor.engine.SequenceValue;
import io.versor.engine.TensorValue;
import io.versor.engine.function.TensorText;
import io.versor.engine.media.MediaInfo;
import io.versor.engine.media.MediaProbe;
import io.versor.format.type.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value as a cell of a printed table: pictures, bytes, long tensors and long text in a short form
 * that says what they are, everything else as it is.
 */
final class CellText {
  /** A tensor of more elements is told by its type and shape. */
  private static final int MAX_ELEMENTS = 8;

  private static final int MAX_CHARS = 160;
  private static final int SHOWN_BYTES = 16;

  private CellText() {}

  /** Columns count from 1, as in JDBC. */
  static String of(ResultSet rows, int column, int jdbcType) throws SQLException {
    return switch (jdbcType) {
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> {
        byte @Nullable [] bytes = rows.getBytes(column);
        yield bytes == null ? "NULL" : ofBytes(bytes);
      }
      case Types.ARRAY -> {
        ArrayValue array = rows.getObject(column, ArrayValue.class);
        yield array == null ? "NULL" : ofArray(array, rows.getString(column));
      }
      case Types.TIMESTAMP -> {
        LocalDateTime at = rows.getObject(column, LocalDateTime.class);
        yield at == null ? "NULL" : ofTimestamp(at, rows.getMetaData().getScale(column));
      }
      default -> {
        String text = rows.getString(column);
        yield text == null ? "NULL" : ofText(text);
      }
    };
  }

  /** With all digits the column has, or with six if there are any, so that they stand in line. */
  static String ofTimestamp(LocalDateTime at, int digits) {
    int shown = Math.max(digits, at.getNano() == 0 ? 0 : 6);
    return new DateTimeFormatterBuilder()
        .appendPattern("uuuu-MM-dd HH:mm:ss")
        .appendFraction(ChronoField.NANO_OF_SECOND, shown, 9, true)
        .toFormatter(Locale.ROOT)
        .format(at);
  }

  static String ofText(String text) {
    String line = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    String shown = line.indexOf('\\') == text.indexOf('\\') && text.indexOf('\n') < 0 ? text : line;
    return shown.length() <= MAX_CHARS ? shown : shown.substring(0, MAX_CHARS) + "\u2026";
  }

  static String ofBytes(byte[] bytes) {
    if (MediaProbe.format(bytes).isPresent()) {
      try {
        MediaInfo info = MediaProbe.probe(bytes);
        return "<"
            + info.format().name().toLowerCase(Locale.ROOT)
            + " "
            + pictureSize(info.shape())
            + ", "
            + size(bytes.length)
            + ">";
      } catch (StoreException e) {
        // it starts like a picture and is none; shown as bytes
      }
    }
    if (bytes.length <= SHOWN_BYTES) {
      return "X'" + java.util.HexFormat.of().withUpperCase().formatHex(bytes) + "'";
    }
    return "<" + size(bytes.length) + ">";
  }

  /** Height and width, in the order of SHAPE; the channels of a picture say little. */
  private static String pictureSize(List<Integer> shape) {
    return shape.stream()
        .limit(Math.max(1, shape.size() - 1L))
        .map(String::valueOf)
        .collect(Collectors.joining(" \u00d7 "));
  }

  private static String ofArray(ArrayValue array, String text) {
    return array instanceof TensorValue tensor
        ? ofTensor(tensor, text)
        : ofList(((SequenceValue) array).elements());
  }

  /** The first elements, each as a cell of its own would be. */
  static String ofList(List<@Nullable Object> elements) {
    String shown =
        elements.stream()
            .limit(MAX_ELEMENTS)
            .map(CellText::ofElement)
            .collect(Collectors.joining(", "));
    int more = elements.size() - MAX_ELEMENTS;
    return "[" + shown + (more > 0 ? ", and " + more + " more]" : "]");
  }

  private static String ofElement(@Nullable Object element) {
    if (element instanceof byte[] bytes) {
      return ofBytes(bytes);
    }
    if (element instanceof TensorValue tensor) {
      return ofTensor(tensor, TensorText.shown(tensor));
    }
    return element == null ? "NULL" : ofText(element.toString());
  }

  static String ofTensor(TensorValue tensor, String text) {
    if (tensor.elements() <= MAX_ELEMENTS) {
      return text;
    }
    return "<"
        + tensor.dtype().name().toLowerCase(Locale.ROOT)
        + " "
        + Arrays.stream(tensor.shape())
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(" \u00d7 "))
        + ">";
  }

  static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes / 1024.0;
    for (String unit : List.of("KB", "MB")) {
      if (value < 1024) {
        return String.format(Locale.ROOT, "%.1f %s", value, unit);
      }
      value /= 1024;
    }
    return String.format(Locale.ROOT, "%.1f GB", value);
  }
}
