package io.versor.clients.logictest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A script of the corpus, read as one database reads it: records for other databases are left out.
 *
 * @param records in the order of the script
 */
record LogicScript(String name, List<LogicRecord> records) {
  /** Reads a script as the database {@code engine}, to its last query of {@code most}. */
  static LogicScript read(String name, String engine, int most) throws IOException {
    String path = LogicCorpus.ROOT + name;
    try (InputStream bytes = LogicScript.class.getClassLoader().getResourceAsStream(path)) {
      if (bytes == null) {
        throw new IOException("no script " + name + " in the corpus");
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
      return new LogicScript(name, new Reader(lines, engine).records(most));
    }
  }

  /** Takes the lines apart: blocks between empty lines, each with its head first. */
  private static final class Reader {
    private static final String HASHED = " values hashing to ";

    private final BufferedReader lines;
    private final String engine;
    private int number;
    private int start;

    Reader(BufferedReader lines, String engine) {
      this.lines = lines;
      this.engine = engine;
    }

    List<LogicRecord> records(int most) throws IOException {
      List<LogicRecord> records = new ArrayList<>();
      int queries = 0;
      for (List<String> block = block(); !block.isEmpty() && queries < most; block = block()) {
        int first = start;
        int head = 0;
        boolean ours = true;
        while (head < block.size() && isCondition(block.get(head))) {
          ours &= holds(block.get(head++));
        }
        if (head == block.size() || !ours) {
          continue;
        }
        List<String> body = block.subList(head + 1, block.size());
        String[] words = block.get(head).trim().split("\\s+");
        switch (words[0]) {
          case "statement" ->
              records.add(
                  new LogicRecord.Statement(
                      first, String.join("\n", body), words[1].equals("error")));
          case "query" -> {
            records.add(query(first, words, body));
            queries++;
          }
          case "hash-threshold" -> {
            // answers tell by themselves whether they are hashed
          }
          case "halt" -> {
            return records;
          }
          default -> throw new IOException("line " + first + ": " + block.get(head));
        }
      }
      return records;
    }

    private List<String> block() throws IOException {
      List<String> block = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (line.isBlank() && !block.isEmpty()) {
          return block;
        }
        if (!line.isBlank() && !line.startsWith("#")) {
          start = block.isEmpty() ? number : start;
          block.add(line);
        }
      }
      return block;
    }

    private static boolean isCondition(String line) {
      return line.startsWith("skipif ") || line.startsWith("onlyif ");
    }

    private boolean holds(String condition) {
      String[] words = condition.trim().split("\\s+");
      return words[0].equals("onlyif") == words[1].equals(engine);
    }

    private static LogicRecord query(int line, String[] words, List<String> body) {
      int bar = body.indexOf("----");
      String sql = String.join("\n", bar < 0 ? body : body.subList(0, bar));
      List<String> answer = bar < 0 ? List.of() : body.subList(bar + 1, body.size());
      Order order =
          words.length < 3 ? Order.NOSORT : Order.valueOf(words[2].toUpperCase(Locale.ROOT));
      if (answer.size() == 1 && answer.get(0).contains(HASHED)) {
        String[] parts = answer.get(0).split(HASHED);
        return new LogicRecord.Query(
            line, sql, words[1], order, Integer.parseInt(parts[0].trim()), parts[1].trim());
      }
      return new LogicRecord.Query(line, sql, words[1], order, answer.size(), Order.hash(answer));
    }
  }
}
