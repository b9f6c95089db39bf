package io.versor.parser.ast;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlBinaryStringLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.BitString;

/**
 * {@code X'…'}. Calcite makes one number of all digits, which takes minutes for some megabytes of
 * them.
 */
public final class HexLiteral extends SqlBinaryStringLiteral {
  private final String digits;

  private HexLiteral(String digits, SqlParserPos place) {
    super(new Bits(digits), place);
    this.digits = digits;
  }

  /**
   * @throws NumberFormatException for what is no hex digit
   */
  public static SqlLiteral of(String digits, SqlParserPos place) {
    return new HexLiteral(digits, place);
  }

  @Override
  public SqlBinaryStringLiteral clone(SqlParserPos place) {
    return new HexLiteral(digits, place);
  }

  @Override
  protected SqlBinaryStringLiteral concat1(List<SqlLiteral> literals) {
    String all =
        literals.stream()
            .map(literal -> ((HexLiteral) literal).digits)
            .collect(Collectors.joining());
    return new HexLiteral(all, literals.get(0).getParserPosition());
  }

  private static final class Bits extends BitString {
    private static final int PER_DIGIT = 4;

    private final byte[] bytes;

    Bits(String digits) {
      super(bits(digits), digits.length() * PER_DIGIT);
      this.bytes = HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits);
    }

    private static String bits(String digits) {
      StringBuilder bits = new StringBuilder(digits.length() * PER_DIGIT);
      for (int i = 0; i < digits.length(); i++) {
        int digit = HexFormat.fromHexDigit(digits.charAt(i));
        for (int bit = PER_DIGIT - 1; bit >= 0; bit--) {
          bits.append((char) ('0' + (digit >> bit & 1)));
        }
      }
      return bits.toString();
    }

    @Override
    public byte[] getAsByteArray() {
      return bytes.clone();
    }
  }
}
