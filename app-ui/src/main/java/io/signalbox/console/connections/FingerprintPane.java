package io.signalbox.console.connections;

import io.signalbox.mesh.client.Fingerprint;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;

/** A fingerprint in two rows of four groups, as two people read it to each other. */
final class FingerprintPane extends GridPane {

    private static final int COLUMNS = 4;

    FingerprintPane(Fingerprint fingerprint, String words) {
        getStyleClass().add("connections-fingerprint");
        setAccessibleText(words + " " + fingerprint);
        setFocusTraversable(true);
        getStyleClass().add("mesh-focusable");
        List<String> groups = fingerprint.groups();
        for (int i = 0; i < groups.size(); i++) {
            Label group = new Label(groups.get(i));
            group.getStyleClass().add("mesh-mono");
            group.setMinWidth(Label.USE_PREF_SIZE);
            add(group, i % COLUMNS, i / COLUMNS);
        }
    }
}
