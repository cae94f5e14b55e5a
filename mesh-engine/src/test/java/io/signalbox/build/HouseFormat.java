package io.signalbox.build;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The one layout of Java source: palantir-java-format, imports sorted, unused imports gone. */
final class HouseFormat {

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    /** The same program, laid out as the house does. Fails on text that is not Java. */
    String apply(String source) {
        try {
            return formatter.formatSourceAndFixImports(source);
        } catch (FormatterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** The files that {@link #apply} would change, in the order given. */
    List<Path> unformatted(List<Path> files) {
        return files.parallelStream().filter(this::wouldChange).toList();
    }

    private boolean wouldChange(Path file) {
        var source = read(file);
        return !source.equals(applyTo(file, source));
    }

    /** Rewrites one file; a file that is laid out well is left untouched. */
    void rewrite(Path file) {
        try {
            Files.writeString(file, applyTo(file, read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String applyTo(Path file, String source) {
        try {
            return apply(source);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
