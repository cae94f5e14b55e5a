package io.signalbox.mesh.cli;

import io.signalbox.mesh.model.PlainText;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** A log for people, as {@code java.util.logging.SimpleFormatter.format} says, in {@link PlainText}. */
public final class PlainLog extends SimpleFormatter {

    @Override
    public String format(LogRecord record) {
        return PlainText.lines(super.format(record).replace("\r\n", "\n"));
    }
}
