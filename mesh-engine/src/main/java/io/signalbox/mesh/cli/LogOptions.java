package io.signalbox.mesh.cli;

import io.signalbox.mesh.model.InvalidValueException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a process that runs for long writes its log on the standard error; a mixin. */
final class LogOptions {

    private static final String OPTION = "--log-format";
    static final String VARIABLE = "SIGNALBOX_LOG_FORMAT";
    private static final Map<String, Format> FORMATS = Map.of("text", Format.TEXT, "json", Format.JSON);

    @Option(
            names = OPTION,
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
                command.commandLine().setErr(JsonLog.errors(surroundings.err(), surroundings.clock()));
                yield surroundings.withErr(JsonLog.warnings(surroundings.err(), surroundings.clock()));
            }
        };
    }

    /** Lets a command that has these options refuse its arguments as its log is asked to be written. */
    static void beforeRefusal(Surroundings surroundings, CommandLine refused, String[] arguments) {
        boolean has = refused.getCommandSpec().mixins().values().stream()
                .anyMatch(mixin -> mixin.userObject() instanceof LogOptions);
        if (has && asksForJson(surroundings.environment(), List.of(arguments))) {
            refused.setErr(JsonLog.errors(surroundings.err(), surroundings.clock()));
        }
    }

    /** What was refused may have kept the option from being read. */
    private static boolean asksForJson(Map<String, String> environment, List<String> arguments) {
        String word = environment.getOrDefault(VARIABLE, "");
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith(OPTION + "=")) {
                word = argument.substring(OPTION.length() + 1);
            } else if (argument.equals(OPTION) && i + 1 < arguments.size()) {
                word = arguments.get(i + 1);
            }
        }
        return FORMATS.get(word) == Format.JSON;
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
    static final class FormatConverter implements CommandLine.ITypeConverter<Format> {
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
