package io.signalbox.mesh.config;

import java.util.ArrayList;
import java.util.List;

/** The difference of two short texts by lines, by their longest common subsequence; empty when they are the same. */
public final class LineDiff {

    private LineDiff() {}

    /** Lines that stay begin with a blank, lines that go with {@code -}, lines that come with {@code +}. */
    public static List<String> of(List<String> before, List<String> after) {
        if (before.equals(after)) {
            return List.of();
        }
        int head = same(before, after);
        int tail = same(
                before.subList(head, before.size()).reversed(),
                after.subList(head, after.size()).reversed());
        List<String> lines = new ArrayList<>();
        before.subList(0, head).forEach(line -> lines.add(" " + line));
        add(before.subList(head, before.size() - tail), after.subList(head, after.size() - tail), lines);
        before.subList(before.size() - tail, before.size()).forEach(line -> lines.add(" " + line));
        return lines;
    }

    /** How many lines both begin with. */
    private static int same(List<String> one, List<String> other) {
        int most = Math.min(one.size(), other.size());
        int same = 0;
        while (same < most && one.get(same).equals(other.get(same))) {
            same++;
        }
        return same;
    }

    private static void add(List<String> before, List<String> after, List<String> lines) {
        int[][] common = common(before, after);
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                lines.add(" " + before.get(i));
                i++;
                j++;
            } else if (j >= after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add("-" + before.get(i));
                i++;
            } else {
                lines.add("+" + after.get(j));
                j++;
            }
        }
    }

    private static int[][] common(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
