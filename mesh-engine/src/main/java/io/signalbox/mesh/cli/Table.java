package io.signalbox.mesh.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Aligned columns for people: a head, then rows; columns whose head begins with {@code >} stand right. */
final class Table {

    private static final String GAP = "  ";

    private final List<String> heads;
    private final boolean[] right;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... columns) {
        heads = Arrays.stream(columns)
                .map(column -> column.startsWith(">") ? column.substring(1) : column)
                .toList();
        right = new boolean[columns.length];
        for (int i = 0; i < columns.length; i++) {
            right[i] = columns[i].startsWith(">");
        }
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    List<String> lines() {
        int[] widths = IntStream.range(0, heads.size())
                .map(column -> Math.max(
                        width(heads.get(column)),
                        rows.stream()
                                .mapToInt(row -> width(row.get(column)))
                                .max()
                                .orElse(0)))
                .toArray();
        List<String> lines = new ArrayList<>();
        lines.add(line(heads, widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private String line(List<String> cells, int[] widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(i -> padded(cells.get(i), widths[i], right[i]))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private static String padded(String text, int width, boolean toTheRight) {
        String blanks = " ".repeat(width - width(text));
        return toTheRight ? blanks + text : text + blanks;
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
