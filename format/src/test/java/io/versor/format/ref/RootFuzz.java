package io.versor.format.ref;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.versor.format.type.StoreException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** For a fuzzer: a root without its checksum, which is added, and a run of the commit index. */
public final class RootFuzz {
  private RootFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    try {
      Root root = RootJson.decode(sealed(input), "input");
      Root again = RootJson.decode(RootJson.encode(root), "again");
      if (!again.equals(root)) {
        throw new AssertionError("a root differs when it is written again: " + root);
      }
    } catch (StoreException e) {
      requireText(e);
    }
  }

  /** Runs of commits: a search for each that is found in it. */
  public static final class Run {
    private Run() {}

    public static void fuzzerTestOneInput(byte[] input) {
      try {
        CommitRun run = CommitRun.open(input, "input");
        byte[] id = Arrays.copyOfRange(input, 16, 36);
        run.find(CommitId.of(id));
      } catch (StoreException e) {
        requireText(e);
      }
    }
  }

  private static byte[] sealed(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    byte[] end =
        (",\"crc\":\"" + HexFormat.of().toHexDigits((int) crc.getValue()) + "\"}\n")
            .getBytes(ISO_8859_1);
    byte[] root = Arrays.copyOf(content, content.length + end.length);
    System.arraycopy(end, 0, root, content.length, end.length);
    return root;
  }

  private static void requireText(StoreException e) {
    if (e.getMessage().length() < 10) {
      throw new AssertionError("says too little", e);
    }
  }
}
