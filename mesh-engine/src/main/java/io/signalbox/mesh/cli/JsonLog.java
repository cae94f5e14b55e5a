package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.PlainText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A log for programs: one JSON object a line, with {@code time} (ISO 8601, UTC), {@code level} ({@code error},
 * {@code warning}, {@code info}, {@code debug}), {@code logger}, {@code message}, and {@code error}, the stack trace, where
 * there is one.
 */
final class JsonLog extends Formatter {

    /** Whose lines those are that a command writes itself. */
    private static final String COMMAND = "signalbox";

    /** Lets all loggers of this process write so from now on, to where they wrote before. */
    static void install() {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setFormatter(new JsonLog());
        }
    }

    /** Writes each line that it is given as such an object: a warning, as its writer goes on. */
    static PrintWriter warnings(PrintWriter out, InstantSource clock) {
        return new PrintWriter(new Lines(out, clock, Level.WARNING), true);
    }

    /** The same of what ends the process. */
    static PrintWriter errors(PrintWriter out, InstantSource clock) {
        return new PrintWriter(new Lines(out, clock, Level.SEVERE), true);
    }

    @Override
    public String format(LogRecord record) {
        return line(
                record.getInstant(),
                level(record.getLevel()),
                record.getLoggerName(),
                formatMessage(record),
                record.getThrown());
    }

    private static String line(
            Instant time, String level, @Nullable String logger, String message, @Nullable Throwable error) {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("time", time.toString());
        line.put("level", level);
        line.put("logger", logger == null ? "" : logger);
        line.put("message", message);
        if (error != null) {
            StringWriter trace = new StringWriter();
            error.printStackTrace(new PrintWriter(trace, true));
            line.put("error", trace.toString().strip());
        }
        return PlainText.of(Json.text(line)) + "\n";
    }

    private static String level(Level level) {
        int value = level.intValue();
        return value >= Level.SEVERE.intValue()
                ? "error"
                : value >= Level.WARNING.intValue() ? "warning" : value >= Level.INFO.intValue() ? "info" : "debug";
    }

    /** Keeps what it is given until the line ends. */
    private static final class Lines extends Writer {

        private final PrintWriter out;
        private final InstantSource clock;
        private final Level level;
        private final StringBuilder begun = new StringBuilder();

        Lines(PrintWriter out, InstantSource clock, Level level) {
            this.out = out;
            this.clock = clock;
            this.level = level;
        }

        @Override
        public void write(char[] text, int from, int length) {
            for (int i = from; i < from + length; i++) {
                if (text[i] == '\n') {
                    end();
                } else if (text[i] != '\r') {
                    begun.append(text[i]);
                }
            }
        }

        private void end() {
            out.print(line(clock.instant(), level(level), COMMAND, begun.toString(), null));
            begun.setLength(0);
        }

        @Override
        public void flush() {
            out.flush();
        }

        @Override
        public void close() {
            out.close();
        }
    }
}
