package io.versor.format.type;

import io.versor.format.type.StoreException.Code;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the samples of a tensor are. The constructor refuses combinations that mean nothing.
 *
 * @param shape of one sample; scalar for text, bytes and encoded media
 * @param precision digits of a DECIMAL; most characters of UTF8 or bytes of BYTES, 0 = any number;
 *     fractional digits of a TIME or TIMESTAMP; else 0
 * @param scale digits of a DECIMAL behind the point; else 0
 * @param mediaType of IMAGE, AUDIO and VIDEO, where it is prescribed: {@code jpeg}
 * @param labels names of a CLASS_LABEL, by number; of a SEQUENCE those of its elements
 * @param element what the elements of a SEQUENCE are
 */
public record TensorType(
    Htype htype,
    Dtype dtype,
    Shape shape,
    int precision,
    int scale,
    Optional<String> mediaType,
    List<String> labels,
    Optional<TensorType> element) {
  /** Bytes of one sample: what one Java array can hold, and half of what one chunk can. */
  public static final int MAX_SAMPLE_BYTES = 1 << 30;

  /** What fits into 16 bytes with any digits. */
  public static final int MAX_DECIMAL_DIGITS = 38;

  /** Times are counted in microseconds. */
  public static final int MAX_TIME_DIGITS = 6;

  /** Enough for every public data set; the list is copied whenever the schema changes. */
  public static final int MAX_LABELS = 65_536;

  /** Bytes of UTF-8 of one label. */
  public static final int MAX_LABEL_BYTES = 1_024;

  /** Bytes of UTF-8 of a media type. */
  private static final int MAX_MEDIA_TYPE_BYTES = 64;

  public TensorType {
    labels = List.copyOf(labels);
    checkHtype(htype, dtype, shape);
    checkElement(htype, labels, element);
    checkDigits(dtype, precision, scale);
    if (shape.rank() > 0 && dtype.width() == 0) {
      throw invalid("a tensor of " + dtype + "; its elements must be numbers or BOOL");
    }
    if (mediaType.isPresent()) {
      if (!htype.isMedia()) {
        throw invalid("a media type \"" + mediaType.get() + "\" for " + htype);
      }
      Texts.checkName("the media type", mediaType.get(), MAX_MEDIA_TYPE_BYTES);
    }
    checkLabels(htype, labels);
    long elements = 1;
    for (int extent : shape.extents()) {
      elements = extent == Shape.RAGGED ? elements : elements * extent;
    }
    if (elements * dtype.width() > MAX_SAMPLE_BYTES) {
      throw new InvalidTypeException(
          Code.LIMIT,
          "a sample of "
              + dtype
              + " "
              + shape
              + " takes more than "
              + MAX_SAMPLE_BYTES
              + " bytes; split it");
    }
  }

  /** One number, date or time; one UTF8 or BYTES of any length. Not for DECIMAL. */
  public static TensorType scalar(Dtype dtype) {
    int precision =
        switch (dtype) {
          case TIME, TIMESTAMP, TIMESTAMP_TZ -> MAX_TIME_DIGITS;
          default -> 0;
        };
    return of(Htype.GENERIC, dtype, Shape.SCALAR, precision, 0);
  }

  public static TensorType decimal(int precision, int scale) {
    return of(Htype.GENERIC, Dtype.DECIMAL, Shape.SCALAR, precision, scale);
  }

  /** A TIME or TIMESTAMP with so many fractional digits. */
  public static TensorType time(Dtype dtype, int digits) {
    return of(Htype.GENERIC, dtype, Shape.SCALAR, digits, 0);
  }

  /** Text of at most so many characters. */
  public static TensorType varchar(int maxCharacters) {
    return of(Htype.GENERIC, Dtype.UTF8, Shape.SCALAR, maxCharacters, 0);
  }

  /** At most so many bytes. */
  public static TensorType varbinary(int maxBytes) {
    return of(Htype.GENERIC, Dtype.BYTES, Shape.SCALAR, maxBytes, 0);
  }

  public static TensorType text() {
    return of(Htype.TEXT, Dtype.UTF8, Shape.SCALAR, 0, 0);
  }

  public static TensorType json() {
    return of(Htype.JSON, Dtype.UTF8, Shape.SCALAR, 0, 0);
  }

  public static TensorType list() {
    return of(Htype.LIST, Dtype.UTF8, Shape.SCALAR, 0, 0);
  }

  public static TensorType tensor(Dtype dtype, Shape shape) {
    return of(Htype.GENERIC, dtype, shape, 0, 0);
  }

  /** IMAGE, AUDIO or VIDEO. */
  public static TensorType media(Htype htype, Optional<String> mediaType) {
    return new TensorType(
        htype, Dtype.BYTES, Shape.SCALAR, 0, 0, mediaType, List.of(), Optional.empty());
  }

  public static TensorType classLabel(List<String> labels) {
    return new TensorType(
        Htype.CLASS_LABEL,
        Dtype.INT32,
        Shape.SCALAR,
        0,
        0,
        Optional.empty(),
        labels,
        Optional.empty());
  }

  /** A vector of so many FLOAT32. */
  public static TensorType embedding(int length) {
    return of(Htype.EMBEDDING, Dtype.FLOAT32, Shape.of(length), 0, 0);
  }

  /** FLOAT32 {@code [*, 4]}. */
  public static TensorType bbox() {
    return of(Htype.BBOX, Dtype.FLOAT32, Shape.of(Shape.RAGGED, 4), 0, 0);
  }

  /** INT32 {@code [*, *]}. */
  public static TensorType keypoints() {
    return of(Htype.KEYPOINTS, Dtype.INT32, Shape.of(Shape.RAGGED, Shape.RAGGED), 0, 0);
  }

  /** UINT32 {@code [*, *]}. */
  public static TensorType segmentMask() {
    return of(Htype.SEGMENT_MASK, Dtype.UINT32, Shape.of(Shape.RAGGED, Shape.RAGGED), 0, 0);
  }

  /** BOOL {@code [*, *, *]}. */
  public static TensorType binaryMask() {
    Shape shape = Shape.of(Shape.RAGGED, Shape.RAGGED, Shape.RAGGED);
    return of(Htype.BINARY_MASK, Dtype.BOOL, shape, 0, 0);
  }

  /** FLOAT32 {@code [*, *, 2]}. */
  public static TensorType polygon() {
    return of(Htype.POLYGON, Dtype.FLOAT32, Shape.of(Shape.RAGGED, Shape.RAGGED, 2), 0, 0);
  }

  /** FLOAT32 {@code [*, *]}. */
  public static TensorType pointCloud() {
    return of(Htype.POINT_CLOUD, Dtype.FLOAT32, Shape.of(Shape.RAGGED, Shape.RAGGED), 0, 0);
  }

  /** Lists of samples of another type, which is not one of lists itself. */
  public static TensorType sequence(TensorType element) {
    return new TensorType(
        Htype.SEQUENCE,
        Dtype.BYTES,
        Shape.SCALAR,
        0,
        0,
        Optional.empty(),
        element.labels,
        Optional.of(element));
  }

  private static TensorType of(Htype htype, Dtype dtype, Shape shape, int precision, int scale) {
    return new TensorType(
        htype, dtype, shape, precision, scale, Optional.empty(), List.of(), Optional.empty());
  }

  /** The same with other labels. */
  public TensorType withLabels(List<String> newLabels) {
    return new TensorType(
        htype,
        dtype,
        shape,
        precision,
        scale,
        mediaType,
        newLabels,
        element.map(type -> type.withLabels(newLabels)));
  }

  /** The name of a label by its number; {@code #} and the number where it has none. */
  public String label(long code) {
    return code >= 0 && code < labels.size() ? labels.get((int) code) : "#" + code;
  }

  /** Whether samples, or elements of sequences, are numbers that stand for labels. */
  public boolean isLabelled() {
    return element.orElse(this).htype == Htype.CLASS_LABEL;
  }

  public Layout layout() {
    return dtype.width() > 0 && shape.isFixed() ? Layout.FIXED : Layout.VARIABLE;
  }

  /** Bytes of each sample; only of layout FIXED. */
  public int width() {
    if (layout() != Layout.FIXED) {
      throw new IllegalStateException("samples of " + this + " have no common width");
    }
    return shape.elements() * dtype.width();
  }

  /**
   * Extents stored with each sample of layout VARIABLE; 0 where there is no shape but the length.
   */
  public int storedRank() {
    return layout() == Layout.FIXED ? 0 : Math.max(htype.describedRank(), shape.rank());
  }

  /** Bytes of one element: the length of every sample is a multiple of it. */
  public int elementWidth() {
    return Math.max(1, dtype.width());
  }

  /** Whether samples are in the same bytes as those of the other type, whatever they mean. */
  public boolean sameBytes(TensorType other) {
    return dtype == other.dtype
        && shape.equals(other.shape)
        && storedRank() == other.storedRank()
        && sameElements(other)
        && (dtype != Dtype.DECIMAL || scale == other.scale);
  }

  private boolean sameElements(TensorType other) {
    return element.isEmpty()
        ? other.element.isEmpty()
        : other.element.isPresent() && element.get().sameBytes(other.element.get());
  }

  private static void checkElement(Htype htype, List<String> labels, Optional<TensorType> element) {
    if (element.isPresent() != (htype == Htype.SEQUENCE)) {
      throw invalid(
          element.isPresent()
              ? "an element of " + element.get().htype + " for " + htype
              : "a SEQUENCE without the type of its elements");
    }
    if (element.isPresent() && element.get().htype == Htype.SEQUENCE) {
      throw invalid("a SEQUENCE of sequences; lists are not nested");
    }
    if (element.isPresent() && !element.get().labels.equals(labels)) {
      throw invalid("a SEQUENCE with other labels than its elements have");
    }
  }

  private static void checkHtype(Htype htype, Dtype dtype, Shape shape) {
    if (htype.isText()) {
      require(dtype == Dtype.UTF8 && shape.rank() == 0, htype, dtype, shape, "UTF8");
    } else if (htype.isMedia() || htype == Htype.SEQUENCE) {
      require(dtype == Dtype.BYTES && shape.rank() == 0, htype, dtype, shape, "BYTES");
    } else if (htype == Htype.CLASS_LABEL) {
      require(dtype == Dtype.INT32 && shape.rank() == 0, htype, dtype, shape, "INT32");
    } else if (htype == Htype.EMBEDDING) {
      boolean vector = dtype.isNumber() && shape.rank() == 1 && shape.isFixed();
      require(vector, htype, dtype, shape, "numbers and one fixed extent");
    } else if (htype != Htype.GENERIC) {
      boolean tensor = dtype.isNumber() && shape.rank() > 0;
      require(tensor, htype, dtype, shape, "numbers and at least one extent");
    } else if (shape.rank() > 0) {
      require(dtype.isNumber(), htype, dtype, shape, "numbers or BOOL");
    }
  }

  private static void require(
      boolean fits, Htype htype, Dtype dtype, Shape shape, String expected) {
    if (!fits) {
      throw invalid(htype + " of " + dtype + " " + shape + ", expected " + expected);
    }
  }

  private static void checkDigits(Dtype dtype, int precision, int scale) {
    int least = dtype == Dtype.DECIMAL ? 1 : 0;
    int most =
        switch (dtype) {
          case DECIMAL -> MAX_DECIMAL_DIGITS;
          case TIME, TIMESTAMP, TIMESTAMP_TZ -> MAX_TIME_DIGITS;
          case UTF8, BYTES -> MAX_SAMPLE_BYTES;
          default -> 0;
        };
    if (precision < least || precision > most) {
      throw invalid(
          "precision " + precision + " for " + dtype + ", expected " + least + " to " + most);
    }
    int mostScale = dtype == Dtype.DECIMAL ? precision : 0;
    if (scale < 0 || scale > mostScale) {
      throw invalid("scale " + scale + " for " + dtype + ", expected 0 to " + mostScale);
    }
  }

  private static void checkLabels(Htype htype, List<String> labels) {
    if (!labels.isEmpty() && htype != Htype.CLASS_LABEL && htype != Htype.SEQUENCE) {
      throw invalid("labels for " + htype + "; only CLASS_LABEL has them");
    }
    if (labels.size() > MAX_LABELS) {
      throw new InvalidTypeException(
          Code.LIMIT, labels.size() + " labels, at most " + MAX_LABELS + " expected");
    }
    Set<String> seen = new HashSet<>(labels.size() * 2);
    for (String label : labels) {
      Texts.check("a label", label, MAX_LABEL_BYTES);
      if (!seen.add(label)) {
        throw invalid("the label \"" + label + "\" twice; each needs a name of its own");
      }
    }
  }

  private static InvalidTypeException invalid(String fault) {
    return new InvalidTypeException(Code.INVALID_VALUE, fault);
  }
}
