package io.versor.format.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is on disk must be hashed alike for ever: values that others publish for XXH64. */
class KeyHashTest {
  @ParameterizedTest
  @CsvSource({
    "'', ef46db3751d8e999",
    "a, d24ec4f1a98c6e5b",
    "abc, 44bc2cf5ad770999",
    "xxhash, 32dd38952c4bc720",
    "Nobody inspects the spammish repetition, fbcea83c8a378bf1"
  })
  void isXxh64(String text, String hash) {
    byte[] bytes = text.getBytes(UTF_8);
    assertEquals(hash, Long.toHexString(KeyHash.xxh64(bytes)));
    assertEquals(hash.substring(0, 14), Long.toHexString(KeyHash.of(bytes)));
  }
}
