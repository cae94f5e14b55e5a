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
        int[][] common = common(before, after);
        List<String> lines = new ArrayList<>();
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
        return lines;
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
