package io.versor.format.io;

import io.versor.format.type.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What another process sees of a store's locks. Reads lines {@code key timeout}, tries to take the
 * lock, prints {@code got} or {@code busy}, and keeps what it got until the line {@code free}.
 */
public final class LockProbe {
  private LockProbe() {}

  public static void main(String[] arguments) throws IOException, StoreException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (ObjectStore store = DirectoryStore.open(Path.of(arguments[0]), OpenMode.WRITE)) {
      Guard held = () -> {};
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals("free")) {
          held.close();
          System.out.println("freed");
          continue;
        }
        String[] words = line.split(" ");
        try {
          held = store.lock(words[0], Long.parseLong(words[1]));
          System.out.println("got");
        } catch (StoreException e) {
          System.out.println(e.code() == StoreException.Code.WRONG_STATE ? "busy" : e.toString());
        }
      }
    }
  }
}
