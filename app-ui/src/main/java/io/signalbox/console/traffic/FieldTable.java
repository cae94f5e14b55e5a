package io.signalbox.console.traffic;

import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.Tag;
import io.signalbox.mesh.mirror.FieldDifference;
import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;

/** In which fields a mirror's answers differ. Its rows stay and are told another field where the order changes. */
final class FieldTable extends GridPane {

    private final Workbench bench;
    private final List<Row> rows = new ArrayList<>();

    FieldTable(Workbench bench) {
        this.bench = bench;
        getStyleClass().add("traffic-fields");
        getColumnConstraints()
                .addAll(words(), fixed(HPos.LEFT), fixed(HPos.RIGHT), fixed(HPos.RIGHT), words(), words());
        addRow(
                0,
                caption("traffic.mirror.field"),
                caption("traffic.mirror.is"),
                caption("traffic.mirror.differing"),
                caption("traffic.mirror.noisy"),
                caption("traffic.mirror.primary"),
                caption("traffic.mirror.mirror"));
    }

    void show(List<FieldDifference> fields) {
        while (rows.size() > fields.size()) {
            getChildren().removeAll(rows.removeLast().cells());
        }
        while (rows.size() < fields.size()) {
            Row row = new Row();
            rows.add(row);
            addRow(rows.size(), row.cells().toArray(Node[]::new));
        }
        for (int i = 0; i < fields.size(); i++) {
            rows.get(i).show(fields.get(i));
        }
    }

    private static ColumnConstraints words() {
        ColumnConstraints column = new ColumnConstraints();
        column.setHgrow(Priority.ALWAYS);
        return column;
    }

    private static ColumnConstraints fixed(HPos side) {
        ColumnConstraints column = new ColumnConstraints();
        column.setMinWidth(USE_PREF_SIZE);
        column.setHalignment(side);
        return column;
    }

    private Label caption(String key) {
        Label label = new Label(text(key));
        label.getStyleClass().add("mesh-caption");
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    private String text(String key) {
        return bench.texts().get(key);
    }

    /** One field. */
    private final class Row {

        private static final PseudoClass NOISE = PseudoClass.getPseudoClass("noise");

        private final Label name = mayBeCut();
        private final Tag tells = Tag.of(LampState.HALF_OPEN, text("traffic.mirror.different"));
        private final Tag noise = Tag.plain(text("traffic.mirror.noise"));
        private final StackPane verdict = new StackPane(tells, noise);
        private final Label differing = mono();
        private final Label noisy = mono();
        private final Label primary = mayBeCut();
        private final Label mirror = mayBeCut();

        Row() {
            verdict.getStyleClass().add("traffic-verdict");
            differing.setMinWidth(USE_PREF_SIZE);
            noisy.setMinWidth(USE_PREF_SIZE);
        }

        List<Node> cells() {
            return List.of(name, verdict, differing, noisy, primary, mirror);
        }

        void show(FieldDifference now) {
            tells.setVisible(!now.noise());
            noise.setVisible(now.noise());
            cells().forEach(cell -> cell.pseudoClassStateChanged(NOISE, now.noise()));
            differing.setText(bench.formats().count(now.differing()));
            noisy.setText(bench.formats().count(now.noisy()));
            say(name, now.field());
            say(primary, now.primary());
            say(mirror, now.mirror());
        }

        private static Label mono() {
            Label label = new Label();
            label.getStyleClass().addAll("mesh-mono", "mesh-small");
            return label;
        }

        private static Label mayBeCut() {
            Label label = mono();
            label.setMinWidth(0);
            label.setTooltip(new Tooltip());
            return label;
        }

        private static void say(Label label, String words) {
            label.setText(words.replaceAll("[\\s\\p{Cc}\\p{Cf}]+", " "));
            label.getTooltip().setText(label.getText());
        }
    }
}
