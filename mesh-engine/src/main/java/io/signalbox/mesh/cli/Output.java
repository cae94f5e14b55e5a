package io.signalbox.mesh.cli;

import picocli.CommandLine.Option;

/** How a command writes what it read; a mixin. */
final class Output {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table, json or yaml (default: table).",
            converter = FormatConverter.class)
    private Format format = Format.TABLE;

    Format format() {
        return format;
    }

    /** What can be written. */
    enum Format {
        TABLE,
        JSON,
        YAML
    }

    /** Reads a format by its lower-case name. */
    static final class FormatConverter implements picocli.CommandLine.ITypeConverter<Format> {
        @Override
        public Format convert(String text) {
            return switch (text) {
                case "table" -> Format.TABLE;
                case "json" -> Format.JSON;
                case "yaml" -> Format.YAML;
                default ->
                    throw new picocli.CommandLine.TypeConversionException(
                            "output: " + text + " (expected: table | json | yaml)");
            };
        }
    }
}
