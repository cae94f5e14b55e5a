package io.signalbox.console.screen;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

/** The difference of two texts: what goes, what comes, and a little of what stands around it. */
public final class DiffView extends VBox {

    /** How many lines that stay are shown before and after a change. */
    private static final int AROUND = 3;

    /** As much as a person reads; more would hold up whoever types. */
    private static final int MOST = 500;

    private final Workbench bench;
    private final VBox lines = new VBox();
    private final Label nothing = new Label();

    public DiffView(Workbench bench) {
        this.bench = bench;
        getStyleClass().add("screen-diff");
        lines.getStyleClass().add("screen-diff-lines");
        nothing.getStyleClass().addAll("mesh-small", "mesh-muted");
        nothing.setWrapText(true);
        nothing.managedProperty().bind(nothing.visibleProperty());
        ScrollPane scroll = Page.scrolling(lines);
        getChildren().addAll(nothing, scroll);
    }

    /**
     * Shows a difference.
     *
     * @param difference lines that begin with a blank, {@code -} or {@code +}
     * @param none what to say when there is none
     */
    public void show(List<String> difference, String none) {
        nothing.setText(none);
        nothing.setVisible(difference.isEmpty());
        List<Node> shown = new ArrayList<>();
        int hidden = 0;
        int at = 0;
        for (; at < difference.size() && shown.size() < MOST; at++) {
            if (isNear(difference, at)) {
                addGap(shown, "screen.diff.hidden", hidden);
                hidden = 0;
                shown.add(line(difference.get(at)));
            } else {
                hidden++;
            }
        }
        addGap(shown, "screen.diff.hidden", hidden);
        addGap(shown, "screen.diff.more", difference.size() - at);
        lines.getChildren().setAll(shown);
    }

    private void addGap(List<Node> shown, String key, int left) {
        if (left > 0) {
            Label gap =
                    new Label(bench.texts().counted(key, left, bench.formats().count(left)));
            gap.getStyleClass().addAll("mesh-small", "mesh-subtle", "screen-diff-gap");
            shown.add(gap);
        }
    }

    private static boolean isNear(List<String> difference, int index) {
        int from = Math.max(0, index - AROUND);
        int to = Math.min(difference.size(), index + AROUND + 1);
        return difference.subList(from, to).stream().anyMatch(line -> !line.startsWith(" "));
    }

    private static Label line(String text) {
        Label line = new Label(text.charAt(0) + " " + text.substring(1));
        line.getStyleClass().addAll("mesh-mono", "mesh-small", "screen-diff-line");
        line.setMaxWidth(Double.MAX_VALUE);
        line.setMinWidth(0);
        line.setWrapText(true);
        switch (text.charAt(0)) {
            case '+' -> line.getStyleClass().add("screen-diff-comes");
            case '-' -> line.getStyleClass().add("screen-diff-goes");
            default -> line.getStyleClass().add("screen-diff-stays");
        }
        return line;
    }
}
