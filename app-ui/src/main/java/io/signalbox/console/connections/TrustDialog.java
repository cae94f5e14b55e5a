package io.signalbox.console.connections;

import io.signalbox.console.profiles.ConnectionProfile;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.client.Fingerprint;
import io.signalbox.mesh.client.remote.PresentedCertificate;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Asks once whether a control plane that proves itself with an unknown certificate is the right one. */
final class TrustDialog extends VBox {

    private final Workbench bench;
    private final MeshButton leave;

    /** @param trusted hears the fingerprint that was compared */
    TrustDialog(ConnectionProfile profile, PresentedCertificate shown, Workbench bench, Consumer<Fingerprint> trusted) {
        this.bench = bench;
        getStyleClass().addAll("mesh-dialog", "connections-dialog");
        getStylesheets().add(ConnectionsScreen.sheet());
        setId("trust");
        Label title = line(text("connections.trust.title"), "mesh-h2");
        String kind = shown.kind().name().toLowerCase(Locale.ROOT);
        Label sentence = line(text("connections.trust.sentence." + kind), "mesh-muted");
        Label command = line(text("connections.trust.command." + kind), "mesh-mono");
        Label caption = line("SHA-256", "mesh-caption");
        GridPane facts = new GridPane();
        facts.getStyleClass().add("connections-facts");
        fact(facts, "connections.trust.subject", shown.subject());
        fact(facts, "connections.trust.issuer", shown.issuer());
        fact(
                facts,
                "connections.trust.valid",
                bench.formats().dayAndClock(shown.notBefore()) + " – "
                        + bench.formats().dayAndClock(shown.notAfter()));
        CheckBox compared = new CheckBox(text("connections.trust.compared"));
        compared.setId("trust-compared");
        leave = new MeshButton(MeshButton.Kind.SECONDARY, text("connections.trust.leave"))
                .onPress(bench.shell().overlays()::closeCard);
        MeshButton trust = new MeshButton(
                        MeshButton.Kind.PRIMARY,
                        bench.texts().get("connections.trust.do", profile.name()),
                        "fth-shield")
                .onPress(() -> trusted.accept(shown.fingerprint()));
        trust.setId("trust-do");
        compared.selectedProperty()
                .subscribe(ticked ->
                        trust.blockedReasonProperty().set(ticked ? "" : text("connections.trust.compare.first")));
        HBox buttons = new HBox(leave, trust);
        buttons.getStyleClass().add("mesh-buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren()
                .addAll(
                        title,
                        sentence,
                        command,
                        caption,
                        new FingerprintPane(shown.fingerprint(), "SHA-256"),
                        facts,
                        compared,
                        buttons);
    }

    /** Where the focus starts. */
    Node safeButton() {
        return leave;
    }

    private void fact(GridPane facts, String key, String value) {
        int row = facts.getRowCount();
        Label name = line(text(key), "mesh-muted");
        name.setMinWidth(Label.USE_PREF_SIZE);
        facts.addRow(row, name, line(value, "mesh-mono", "mesh-small"));
    }

    private static Label line(String words, String... styles) {
        Label label = new Label(words);
        label.getStyleClass().addAll(styles);
        label.setWrapText(true);
        return label;
    }

    private String text(String key) {
        return bench.texts().get(key);
    }
}
