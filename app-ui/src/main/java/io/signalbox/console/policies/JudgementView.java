package io.signalbox.console.policies;

import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.lint.LintFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Below the text: what is wrong with it and where, or what it would do together with the other policies. */
final class JudgementView extends VBox {

    private final Workbench bench;
    private final BiConsumer<Integer, Integer> goTo;

    /** @param goTo hears a line and a column to go to */
    JudgementView(Workbench bench, BiConsumer<Integer, Integer> goTo) {
        this.bench = bench;
        this.goTo = goTo;
        getStyleClass().add("policy-judgement");
    }

    void show(Judgement now) {
        switch (now) {
            case Judgement.Awaited() -> getChildren().setAll(said(LampState.DISABLED, text("policies.check.awaited")));
            case Judgement.Wrong wrong -> getChildren().setAll(refused(wrong));
            case Judgement.Sound(List<LintFinding> more, List<LintFinding> known) -> {
                List<Node> lines = new ArrayList<>();
                if (more.isEmpty() && known.isEmpty()) {
                    lines.add(said(LampState.CLOSED, text("policies.check.sound")));
                }
                more.forEach(finding -> lines.add(note(finding, text("policies.note.new"))));
                known.forEach(finding -> lines.add(note(finding, text("policies.note.now"))));
                getChildren().setAll(lines);
            }
        }
    }

    private HBox refused(Judgement.Wrong wrong) {
        Label place = new Label(text("policies.check.place", wrong.line(), wrong.column()));
        place.getStyleClass().addAll("mesh-small", "mesh-mono", "mesh-subtle");
        place.setMinWidth(USE_PREF_SIZE);
        Label what = words(text("policies.check.wrong", wrong.field(), wrong.value(), wrong.expected()));
        what.getStyleClass().add("mesh-mono");
        MeshButton there = new MeshButton(MeshButton.Kind.SECONDARY, text("policies.check.go"), "fth-corner-down-right")
                .small()
                .onPress(() -> goTo.accept(wrong.line(), wrong.column()));
        return line(new Lamp(LampState.OPEN), place, what, there);
    }

    private HBox said(LampState state, String words) {
        return line(new Lamp(state), words(words));
    }

    private HBox note(LintFinding finding, String when) {
        Label found = words(finding.found());
        Label fix = words(text("policies.note.fix", finding.fix()));
        fix.getStyleClass().add("mesh-muted");
        Label rule = new Label(finding.rule().wireName() + " · " + when);
        rule.getStyleClass().addAll("mesh-small", "mesh-mono", "mesh-subtle");
        VBox told = new VBox(found, fix, rule);
        told.setMinWidth(0);
        HBox.setHgrow(told, Priority.ALWAYS);
        HBox line = line(new Lamp(LampState.HALF_OPEN), told);
        line.setAlignment(Pos.TOP_LEFT);
        return line;
    }

    private static Label words(String text) {
        Label words = new Label(text);
        words.getStyleClass().add("mesh-small");
        words.setWrapText(true);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        return words;
    }

    private static HBox line(Node... parts) {
        HBox line = new HBox(parts);
        line.getStyleClass().add("policy-line");
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private String text(String key, Object... values) {
        return bench.texts().get(key, values);
    }
}
