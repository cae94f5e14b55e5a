package io.signalbox.mesh.cli;

import io.signalbox.mesh.model.InvalidValueException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a process that runs for long writes its log on the standard error; a mixin. */
final class LogOptions {

    private static final String VARIABLE = "SIGNALBOX_LOG_FORMAT";
    private static final Map<String, Format> FORMATS = Map.of("text", Format.TEXT, "json", Format.JSON);

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description = "text, or json for one object a line (default: $" + VARIABLE + ", else text).",
            converter = FormatConverter.class)
    private @Nullable Format format;

    /** How a line is written. */
    enum Format {
        TEXT,
        JSON
    }

    /** The same surroundings, where what goes wrong is written as was asked; all loggers follow. */
    Surroundings apply(Surroundings surroundings, CommandSpec command) {
        Format asked = Objects.requireNonNullElseGet(format, () -> ofEnvironment(surroundings.environment()));
        return switch (asked) {
            case TEXT -> surroundings;
            case JSON -> {
                JsonLog.install();
                Surroundings logging = surroundings.withErr(JsonLog.lines(surroundings.err(), surroundings.clock()));
                command.commandLine().setErr(logging.err());
                yield logging;
            }
        };
    }

    private static Format ofEnvironment(Map<String, String> environment) {
        String word = environment.getOrDefault(VARIABLE, "");
        if (word.isBlank()) {
            return Format.TEXT;
        }
        Format format = FORMATS.get(word);
        if (format == null) {
            throw new InvalidValueException(VARIABLE, word, "text | json");
        }
        return format;
    }

    /** Reads a format by its lower-case name. */
    static final class FormatConverter implements picocli.CommandLine.ITypeConverter<Format> {
        @Override
        public Format convert(String text) {
            Format format = FORMATS.get(text);
            if (format == null) {
                throw new TypeConversionException("log-format: " + text + " (expected: text | json)");
            }
            return format;
        }
    }
}
