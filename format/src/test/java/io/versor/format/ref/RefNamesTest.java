package io.versor.format.ref;

import static io.versor.format.ref.RefTestData.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "main",
        "dog_flipped",
        "feature/x",
        "v1.0",
        "a",
        "1",
        "12345",
        "beef",
        "abcdeg",
        "release-2",
        "a@b",
        "ünï/cødé",
        "犬",
        "\uD83D\uDC15",
        "user's",
        "a.b.c",
        "lock",
        "x.locked",
        "HEADS",
        "working2",
        "versor2",
        "100%",
        "a\"b",
        "a,b",
        "(x)",
        "a{b}"
      })
  void gitsNamesAreAllowed(String name) throws StoreException {
    assertEquals(name, BranchName.parse(name).value());
    assertEquals(name, TagName.parse(name).toString());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "``, at least one character",
        "a b, a space",
        "a~b, character ~",
        "main^, character ^",
        "a:b, character :",
        "a?, character ?",
        "a*, character *",
        "a[b, character [",
        "a\\b, character \\",
        "-a, begin with -",
        "/a, a / must",
        "a/, a / must",
        "a//b, a / must",
        "a..b, two dots",
        "a., end with a dot",
        ".a, begin with a dot",
        "a/.b, begin with a dot",
        "a.lock, .lock",
        "a.lock/b, .lock",
        "@, @ alone",
        "a@{b, @{",
        "versor, reserved",
        "Versor, reserved",
        "INFORMATION_SCHEMA, reserved",
        "HEAD, reserved",
        "head, reserved",
        "WORKING, reserved",
        "abcdef, reads as a commit id",
        "DECADE, reads as a commit id",
        "123456, r123456",
        "20261124, r20261124"
      })
  void whatGitOrTheRulesOfRevisionsRefuseIsNamed(String name, String told) {
    assertFails(Code.INVALID_NAME, () -> BranchName.parse(name), "branch name '" + name, told);
    assertFails(Code.INVALID_NAME, () -> TagName.parse(name), "tag name '" + name, told);
    assertThrows(IllegalArgumentException.class, () -> new BranchName(name));
  }

  @Test
  void controlCharactersAreRefusedAndShownByNumber() {
    assertFails(Code.INVALID_NAME, () -> BranchName.parse("a\u0000b"), "U+0000", "a\\u0000b");
    assertFails(Code.INVALID_NAME, () -> BranchName.parse("a\nb"), "U+000A");
    assertFails(Code.INVALID_NAME, () -> BranchName.parse("a\u007Fb"), "U+007F");
    assertFails(Code.INVALID_NAME, () -> BranchName.parse("a\u0085b"), "U+0085");
    assertFails(Code.INVALID_NAME, () -> BranchName.parse("a\u2028b"), "U+2028");
    assertFails(Code.INVALID_NAME, () -> BranchName.parse("a\uD83D"), "half a character");
  }

  @Test
  void lengthIsLimitedInBytesOfUtf8() throws StoreException {
    assertEquals(200, BranchName.parse("g".repeat(200)).value().length());
    assertFails(Code.INVALID_NAME, () -> BranchName.parse("g".repeat(201)), "201", "200");
    assertEquals(100, BranchName.parse("ü".repeat(100)).value().length());
    assertFails(Code.INVALID_NAME, () -> BranchName.parse("ü".repeat(101)), "202", "200");
  }

  @Test
  void messageOfAHugeNameStaysShort() {
    StoreException e =
        assertThrows(StoreException.class, () -> BranchName.parse("g".repeat(1_000_000)));
    assertTrue(e.getMessage().length() < 300, e.getMessage());
  }

  @Test
  void namesClashWhenTheyDifferOnlyInCase() {
    assertTrue(new BranchName("Größe").clashesWith(new BranchName("GRÖßE")));
    assertTrue(new TagName("v1").clashesWith(new TagName("V1")));
    assertFalse(new BranchName("main").clashesWith(new BranchName("mains")));
  }
}
