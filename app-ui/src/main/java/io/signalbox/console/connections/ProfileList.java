package io.signalbox.console.connections;

import io.signalbox.console.profiles.ConnectionProfile;
import io.signalbox.console.profiles.Environment;
import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.Tag;
import java.util.Locale;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Where the console began, and every profile, each a card that is chosen with a press. */
final class ProfileList extends StackPane {

    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    private final ConnectionsViewModel model;
    private final Workbench bench;
    private final VBox cards = new VBox();

    ProfileList(ConnectionsViewModel model, Workbench bench) {
        this.model = model;
        this.bench = bench;
        cards.getStyleClass().add("connections-cards");
        getStyleClass().add("connections-list");
        getChildren().add(Page.scrolling(cards));
        model.profiles().addListener((ListChangeListener<ConnectionProfile>) change -> show());
        model.chosen().subscribe((before, now) -> show());
        show();
    }

    void focusFirst() {
        cards.getChildren().getFirst().requestFocus();
    }

    private void show() {
        cards.getChildren().setAll(home());
        for (ConnectionProfile profile : model.profiles()) {
            cards.getChildren()
                    .add(card(
                            profile.name(),
                            profile.environment(),
                            profile.written(),
                            model.isConnected(profile),
                            Optional.of(profile)));
        }
    }

    private Button home() {
        String home = model.switchboard().home();
        boolean embedded = home.equals("embedded");
        return card(
                bench.texts().get(embedded ? "connections.home" : "connections.home.remote"),
                Environment.DEV,
                embedded ? bench.texts().get("connections.home.where") : home,
                model.switchboard().attached().isEmpty(),
                Optional.empty());
    }

    private Button card(
            String name,
            Environment environment,
            String where,
            boolean connected,
            Optional<ConnectionProfile> profile) {
        Label title = new Label(name);
        title.getStyleClass().add("mesh-semibold");
        title.setMinWidth(0);
        Label word =
                new Label(bench.texts().get("environment." + environment.name().toLowerCase(Locale.ROOT)));
        word.getStyleClass().add("connections-environment");
        word.setMinWidth(Region.USE_PREF_SIZE);
        HBox first = new HBox(title, word);
        first.setAlignment(Pos.CENTER_LEFT);
        first.getStyleClass().add("screen-pair");
        Label address = new Label(where);
        address.getStyleClass().addAll("mesh-mono", "mesh-small", "mesh-muted");
        address.setMinWidth(0);
        String state = bench.texts().get(connected ? "connections.connected" : "connections.idle");
        VBox content = new VBox(first, address, Tag.of(connected ? LampState.CLOSED : LampState.DISABLED, state));
        content.getStyleClass().add("connections-card-content");
        content.setMaxWidth(Double.MAX_VALUE);
        Button card = new Button();
        card.getStyleClass()
                .setAll(
                        "connections-card",
                        "mesh-focusable",
                        "mesh-" + environment.name().toLowerCase(Locale.ROOT));
        card.setId("connection-" + profile.map(ConnectionProfile::name).orElse("home"));
        card.setGraphic(content);
        card.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        card.setMaxWidth(Double.MAX_VALUE);
        card.setAccessibleText(name + ", " + word.getText() + ", " + where + ", " + state);
        card.pseudoClassStateChanged(
                CHOSEN, model.chosen().get().map(ConnectionProfile::name).equals(profile.map(ConnectionProfile::name)));
        card.setOnAction(event -> {
            model.chosen().set(profile);
            cards.getChildren().stream()
                    .filter(node -> card.getId().equals(node.getId()))
                    .forEach(javafx.scene.Node::requestFocus);
        });
        return card;
    }
}
