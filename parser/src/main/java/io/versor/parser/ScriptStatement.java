package io.versor.parser;

/**
 * One statement of a script.
 *
 * @param text without the semicolon and without comments before it
 * @param offset of its first character in the script
 * @param line of its first character, from 1
 * @param column of its first character, from 1
 */
public record ScriptStatement(String text, int offset, int line, int column) {}
