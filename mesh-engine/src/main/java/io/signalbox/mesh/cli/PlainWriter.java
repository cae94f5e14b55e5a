package io.signalbox.mesh.cli;

import io.signalbox.mesh.model.PlainText;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** Lets through what is {@link PlainText} of whole lines: what others chose may not have the terminal. */
final class PlainWriter extends FilterWriter {

    private PlainWriter(Writer out) {
        super(out);
    }

    static PrintWriter around(PrintWriter out) {
        return new PrintWriter(new PlainWriter(out), true);
    }

    @Override
    public void write(int c) throws IOException {
        write(Character.toString(c));
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        write(new String(text, from, length), 0, length);
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        String part = text.substring(from, from + length);
        out.write(part.equals(System.lineSeparator()) ? part : PlainText.lines(part));
    }
}
