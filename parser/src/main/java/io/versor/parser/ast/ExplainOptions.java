package io.versor.parser.ast;

/** What an EXPLAIN asks for; gathered while it is parsed. */
public final class ExplainOptions {
  private boolean json;
  private boolean analyze;

  /** The plan as one JSON document. */
  public void json() {
    json = true;
  }

  /** The statement is run, and its rows and times told. */
  public void analyze() {
    analyze = true;
  }

  boolean isJson() {
    return json;
  }

  boolean isAnalyze() {
    return analyze;
  }
}
